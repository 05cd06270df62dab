using System.Security.Cryptography;

namespace EdgeVision.Update;

/// <summary>Opens the repository that a deployment names.</summary>
internal static class RepositoryDoor
{
    /// <param name="failure">Why it cannot even be opened.</param>
    /// <param name="patience">Attempts in a row that may bring nothing; null = as many as configured.</param>
    public static IModelRepository? Open(UpdateParts parts, ModelDeployment deployment, out StepFailure? failure, int? patience = null)
    {
        failure = null;
        if (deployment.Source.IsFile)
        {
            return new FolderRepository(deployment.Source.LocalPath);
        }

        try
        {
            var bucket = new TokenBucket(parts.Time);
            return new HttpRepository(
                RepositoryHttp.Create(parts.Options), deployment.Source, parts.Options with { MaxFruitlessAttempts = patience ?? parts.Options.MaxFruitlessAttempts }, parts.Time, parts.Logger,
                (bytes, cancellationToken) => bucket.PayAsync(bytes, parts.Site.PolicyFor(deployment).MaxKbps ?? 0, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            failure = new StepFailure(UpdateCode.Tls, $"the authority file cannot be used: {exception.Message}");
            return null;
        }
    }
}
