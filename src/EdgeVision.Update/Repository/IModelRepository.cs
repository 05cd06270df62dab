using EdgeVision.Packaging;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update;

/// <summary>Where models come from: a server, or a folder of an offline import. Nothing it gives is believed before it is verified.</summary>
internal interface IModelRepository : ITufFetcher, IDisposable
{
    /// <summary>The object of this file's digest into its part, whole and verified; goes on where the part ends.</summary>
    /// <param name="arrived">Told the part's length after every piece.</param>
    Task<StepFailure?> FetchAsync(ManifestFile file, PartFile part, Action<long> arrived, CancellationToken cancellationToken);
}
