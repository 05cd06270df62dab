using System.Security.Cryptography;

namespace EdgeVision.Update;

/// <summary>Opens the repository that a deployment names.</summary>
internal static class RepositoryDoor
{
    /// <param name="failure">Why it cannot even be opened.</param>
    public static IModelRepository? Open(UpdateParts parts, ModelDeployment deployment, out StepFailure? failure)
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
                RepositoryHttp.Create(parts.Options), deployment.Source, parts.Options, parts.Time, parts.Logger,
                (bytes, cancellationToken) => bucket.PayAsync(bytes, parts.Site.PolicyFor(deployment).MaxKbps ?? 0, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            failure = new StepFailure(UpdateCode.Tls, $"the authority file cannot be used: {exception.Message}");
            return null;
        }
    }
}
