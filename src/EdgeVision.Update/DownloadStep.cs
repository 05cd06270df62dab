using System.Security.Cryptography;

namespace EdgeVision.Update;

/// <summary>The step Downloading: opens the repository and has the package fetched from it.</summary>
internal sealed class DownloadStep(UpdateParts parts)
{
    public async Task<StepFailure?> FetchAsync(CancellationToken cancellationToken)
    {
        HttpClient http;
        try
        {
            http = RepositoryHttp.Create(parts.Options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new StepFailure(UpdateCode.Tls, $"the authority file cannot be used: {exception.Message}");
        }

        using (http)
        {
            var downloader = new ObjectDownloader(http, parts.Options, parts.Time, parts.Logger);
            var fetcher = new PackageFetcher(parts.Journal.Record.Deployment!, parts.Packages, downloader, parts.Options, parts.FaultPoint);
            return await fetcher.FetchAsync(parts.Board.ShowProgress, cancellationToken).ConfigureAwait(false);
        }
    }
}
