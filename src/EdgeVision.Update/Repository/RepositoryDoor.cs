using System.Security.Cryptography;

namespace EdgeVision.Update;

/// <summary>Opens the repository that a deployment names.</summary>
internal static class RepositoryDoor
{
    /// <param name="failure">Why it cannot even be opened.</param>
    /// <param name="patience">Attempts in a row that may bring nothing; null = as many as configured.</param>
    /// <param name="mayFetch">Asked after every piece of an object: a hold or a metered link stops a download where it is.</param>
    public static IModelRepository? Open(UpdateParts parts, ModelDeployment deployment, out StepFailure? failure, int? patience = null, Func<CancellationToken, Task>? mayFetch = null)
    {
        failure = null;
        if (deployment.Source.IsFile)
        {
            return new FolderRepository(deployment.Source.LocalPath);
        }

        try
        {
            var options = parts.Options with { MaxFruitlessAttempts = patience ?? parts.Options.MaxFruitlessAttempts };
            return new HttpRepository(RepositoryHttp.Create(options), deployment.Source, options, parts.Time, parts.Logger, Pace(parts, deployment, mayFetch));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            failure = new StepFailure(UpdateCode.Tls, $"the authority file cannot be used: {exception.Message}");
            return null;
        }
    }

    private static Func<int, CancellationToken, ValueTask> Pace(UpdateParts parts, ModelDeployment deployment, Func<CancellationToken, Task>? mayFetch)
    {
        var bucket = new TokenBucket(parts.Time);
        return async (bytes, cancellationToken) =>
        {
            await (mayFetch?.Invoke(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            await bucket.PayAsync(bytes, parts.Site.PolicyFor(deployment).MaxKbps ?? 0, cancellationToken).ConfigureAwait(false);
        };
    }
}
