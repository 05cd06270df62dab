using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>Takes over what a daemon of schema 1 left: <c>update.json</c> with packages in <c>models/DIGEST/</c>. Nothing is fetched again.</summary>
/// <remarks>
/// Files become objects by renames, then the record is written, then the old one goes: a cut in between is taken up by the next start. The bytes are hashed
/// when they are opened, as always. A deployment that was under way begins anew when the hub names it again, because it names no version.
/// </remarks>
internal sealed class OlderState(StateDisk disk, PackageStore packages, string stateDirectory)
{
    private readonly string _models = Path.Combine(stateDirectory, "models");

    private string Record => Path.Combine(stateDirectory, "update.json");

    private string Previous => Path.Combine(stateDirectory, "update.prev");

    public void TakeOver()
    {
        if (Read() is not { } old)
        {
            return;
        }

        packages.Prepare();
        var record = Translate(old);
        new StateFile(disk, stateDirectory).Store(record, static () => { });
        foreach (var path in new[] { Record, Previous, _models }.Where(Path.Exists))
        {
            disk.Delete(path);
        }

        disk.SyncDirectory(stateDirectory);
    }

    private JsonObject? Read()
    {
        foreach (var path in new[] { Record, Previous }.Where(File.Exists))
        {
            try
            {
                if (RecordFile.Body(path) is { } body && JsonNode.Parse(body) is JsonObject old && (int?)old["schema"] == 1)
                {
                    return old;
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
            {
                // the one before it may be whole
            }
        }

        return null;
    }

    private UpdateRecord Translate(JsonObject old)
    {
        var (active, previous) = (Take((string?)old["active"]), Take((string?)old["previous"]));
        var deployment = old["deployment"];
        var ended = (string?)old["state"] == nameof(UpdateState.Committed) && active is not null && (string?)deployment?["manifestSha256"] == active.Value.Digest;
        var origin = ended ? Origin(deployment!, active!.Value.Version) : null;
        return UpdateRecord.Fresh with
        {
            State = origin is null ? UpdateState.Idle : UpdateState.Committed,
            Deployment = origin,
            Active = active is { } slot ? new Slot(slot.Digest, null, 0, origin) : null,
            Previous = previous is { } before ? new Slot(before.Digest, null, 0, null) : null,
        };
    }

    /// <summary>Makes objects of the files of a package; null when there is none.</summary>
    private (string Digest, string Version)? Take(string? digest)
    {
        if (!DeploymentRules.IsSha256(digest))
        {
            return null;
        }

        var directory = Path.Combine(_models, digest!);
        var path = Path.Combine(directory, ModelPackage.ManifestName);
        try
        {
            var adopted = packages.Objects.Find(digest!);
            var bytes = File.ReadAllBytes(File.Exists(path) ? path : adopted);
            var manifest = ManifestReader.Read(bytes, path);
            foreach (var file in manifest.Files.Append(new ManifestFile("manifest", ModelPackage.ManifestName, bytes.Length, digest!)).Where(file => File.Exists(Path.Combine(directory, file.Name))))
            {
                packages.Objects.Adopt(Path.Combine(directory, file.Name), file.Sha256); // the manifest last: it tells what is missing
            }

            return (digest!, manifest.Version);
        }
        catch (Exception exception) when (exception is PackageException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static ModelDeployment? Origin(JsonNode deployment, string version) =>
        (string?)deployment["deploymentId"] is { } id && (string?)deployment["model"] is { } model && DeploymentRules.Repository((string?)deployment["source"]) is { } source
            ? new ModelDeployment(id, model, version, (string)deployment["manifestSha256"]!, (long)deployment["manifestSize"]!, source)
            : null;
}
