using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>A file from its signed difference to one that is here already, which costs a fraction of its bytes.</summary>
/// <remarks>
/// Example: a fine-tuned INT8 network of 2.6 MB comes as 390 KB. Whatever goes wrong - no such object, another old file, a delta that does not fit - the whole file is fetched instead;
/// what comes of a delta counts only when its digest is the manifest's.
/// </remarks>
internal sealed partial class DeltaFetcher(UpdateParts parts, IModelRepository repository)
{
    /// <returns>False: the part is as it was, or empty, and the whole file has to be fetched.</returns>
    public async Task<bool> TryFetchAsync(ManifestFile file, PartFile part, CancellationToken cancellationToken)
    {
        // A download of the whole file that has begun goes on, because most of it may be here.
        var known = part.Length > 0 ? [] : parts.Journal.Record.Deltas.Where(delta => delta.Of == file.Sha256 && delta.Size < file.Size);
        foreach (var delta in known.OrderBy(delta => delta.Size))
        {
            if (FindOld(delta) is { } old)
            {
                return await FetchAsync(file, part, delta, old, cancellationToken).ConfigureAwait(false);
            }
        }

        return false;
    }

    private async Task<bool> FetchAsync(ManifestFile file, PartFile part, ReleaseDelta delta, string old, CancellationToken cancellationToken)
    {
        var wanted = new ManifestFile("delta", $"delta of {file.Name}", delta.Size, delta.Sha256);
        using var deltaPart = parts.Packages.OpenPart(wanted);
        if (await repository.FetchAsync(wanted, deltaPart, _ => { }, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            Log.Passed(parts.Logger, file.Name, failure.Reason);
            return false;
        }

        if (Apply(file, part, deltaPart, old) && part.Matches(file))
        {
            Log.Applied(parts.Logger, file.Name, file.Size, delta.Size);
            return true;
        }

        part.Discard();
        return false;
    }

    private bool Apply(ManifestFile file, PartFile part, PartFile delta, string old)
    {
        try
        {
            using var before = File.OpenRead(old);
            FileDelta.Apply(before, delta.Read(), file.Size, piece => _ = part.Write(piece));
            return part.Length == file.Size;
        }
        catch (PackageException exception)
        {
            Log.Passed(parts.Logger, file.Name, exception.Message);
            return false;
        }
    }

    /// <summary>In the store or in the factory package, hashed, because a delta to rotten bytes would be fetched for nothing.</summary>
    private string? FindOld(ReleaseDelta delta)
    {
        var wanted = new ManifestFile("model", "model", delta.FromSize, delta.From);
        var path = parts.Packages.Objects.Has(delta.From) ? parts.Packages.Objects.Find(delta.From) : FactoryFiles.Find(parts.Options.FactoryDirectory, wanted);
        return path is not null && FileDigest.Matches(path, wanted) ? path : null;
    }

    private static partial class Log
    {
        [LoggerMessage(6050, LogLevel.Information, "{File}: {Size} bytes made from a delta of {Delta}")]
        public static partial void Applied(ILogger logger, string file, long size, long delta);

        [LoggerMessage(6051, LogLevel.Warning, "{File}: fetched whole, because its delta cannot be used: {Problem}")]
        public static partial void Passed(ILogger logger, string file, string problem);
    }
}
