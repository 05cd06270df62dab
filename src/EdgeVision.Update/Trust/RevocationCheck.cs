using EdgeVision.Packaging.Repository;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>The newest policy of the repository's owner that can be had: a repository that does not answer never stops anything.</summary>
internal sealed partial class RevocationCheck(UpdateParts parts)
{
    public async Task<ReleasePolicy> AskAsync(ModelDeployment origin, CancellationToken cancellationToken)
    {
        using var repository = RepositoryDoor.Open(parts, origin, out _, patience: 1);
        if (repository is null)
        {
            return parts.Trust.Policy;
        }

        var catalogue = new Catalogue(parts.Trust, repository, parts.Journal.Now);
        if (await catalogue.RefreshAsync(cancellationToken).ConfigureAwait(false) is { } failure)
        {
            Log.NotRefreshed(parts.Logger, (int)failure.Code, failure.Reason);
        }

        return catalogue.Policy;
    }

    private static partial class Log
    {
        [LoggerMessage(6050, LogLevel.Warning, "Whether models were revoked cannot be asked now, going by the last answer ({Code}: {Problem})")]
        public static partial void NotRefreshed(ILogger logger, int code, string problem);
    }
}
