using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update.Tests;

/// <summary>A TUF repository of the test's own, signed by keys of its own: one role each, one delegated role for the family <c>toy</c>.</summary>
internal sealed class TestRepository
{
    private static readonly string[] Roles = [.. RoleNames.TopLevel, "toy"];
    private readonly Dictionary<string, ECDsa> _keys = Roles.ToDictionary(role => role, _ => ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly Dictionary<string, TargetEntry> _releases = [];
    private long _version;

    public TestRepository()
    {
        RootFile = Sign(Root(1, _keys), "root");
        Publish();
    }

    /// <summary>Every file of the tree by its path.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public byte[] RootFile { get; }

    public long Version => _version;

    /// <summary>When timestamp and snapshot end.</summary>
    public DateTimeOffset Expires { get; set; } = TimeProvider.System.GetUtcNow().AddDays(7);

    /// <summary>The signed policy; null = none.</summary>
    public JsonObject? Policy { get; set; }

    public long LastCounter { get; private set; }

    public void Add(ModelPackage package, long? counter = null)
    {
        LastCounter = counter ?? LastCounter + 1;
        var manifest = File.ReadAllBytes(package.PathOf(new ManifestFile("manifest", ModelPackage.ManifestName, 0, "")));
        foreach (var file in package.Manifest.Files)
        {
            AddObject(File.ReadAllBytes(package.PathOf(file)));
        }

        AddRelease(package.Manifest.Model, package.Manifest.Version, manifest, LastCounter);
    }

    /// <summary>Signs any bytes as a release.</summary>
    public void AddRelease(string model, string version, byte[] manifest, long counter)
    {
        AddObject(manifest);
        var custom = JsonSerializer.SerializeToElement(new JsonObject { ["model"] = model, ["version"] = version, ["counter"] = counter });
        _releases[$"models/{model}/{version}/manifest.json"] = new TargetEntry(manifest.Length, Hashes(manifest), custom);
        Files[$"targets/models/{model}/{version}/{Hash(manifest)}.manifest.json"] = manifest;
        Publish();
    }

    /// <summary>New versions of everything but the root.</summary>
    public void Publish()
    {
        _version++;
        var toy = Put("toy", new TargetsMetadata(_version, Expires, _releases));
        var delegations = new Delegations(Keys("toy"), [new DelegatedRole("toy", Role("toy"), Terminating: true, Paths: ["models/toy/*/manifest.json"])]);
        var targets = Put("targets", new TargetsMetadata(_version, Expires, PolicyTarget(), delegations));
        var snapshot = Put("snapshot", new SnapshotMetadata(_version, Expires, new Dictionary<string, MetaFile> { ["targets.json"] = Meta(targets), ["toy.json"] = Meta(toy) }));
        Files["metadata/timestamp.json"] = Sign(new TimestampMetadata(_version, Expires, Meta(snapshot)), "timestamp");
    }

    /// <summary>The next root, with new keys for timestamp and snapshot; signed by old and new root keys unless told otherwise.</summary>
    public void Rotate(bool byOld = true, bool byNew = true)
    {
        var old = _keys["root"];
        foreach (var role in new[] { "root", "timestamp", "snapshot" })
        {
            _keys[role] = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        }

        var next = 2 + Files.Keys.Count(path => path.EndsWith(".root.json", StringComparison.Ordinal));
        var file = SignedMetadata.Of(Root(next, _keys).ToJson());
        file = byOld ? file.With(Signature(file, old)) : file;
        Files[$"metadata/{next}.root.json"] = Bytes(byNew ? file.With(Signature(file, _keys["root"])) : file);
        Publish();
    }

    public void WriteTo(string folder)
    {
        foreach (var (path, bytes) in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllBytes(Path.Combine(folder, path), bytes);
        }
    }

    private void AddObject(byte[] bytes) => Files[$"objects/sha256/{Hash(bytes)[..2]}/{Hash(bytes)}"] = bytes;

    private Dictionary<string, TargetEntry> PolicyTarget()
    {
        if (Policy is null)
        {
            return [];
        }

        var bytes = Encoding.UTF8.GetBytes(Policy.ToJsonString());
        Files[$"targets/{Hash(bytes)}.policy.json"] = bytes;
        return new Dictionary<string, TargetEntry> { ["policy.json"] = new TargetEntry(bytes.Length, Hashes(bytes)) };
    }

    private byte[] Put(string role, TufMetadata metadata) => Files[$"metadata/{_version}.{role}.json"] = Sign(metadata, role);

    private byte[] Sign(TufMetadata metadata, string role)
    {
        var file = SignedMetadata.Of(metadata.ToJson());
        return Bytes(file.With(Signature(file, _keys[role])));
    }

    // Ordinary JSON, as any tool would write it.
    private static byte[] Bytes(SignedMetadata file) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["signatures"] = new JsonArray([.. file.Signatures.Select(signature => new JsonObject { ["keyid"] = signature.KeyId, ["sig"] = signature.Value })]),
        ["signed"] = JsonObject.Create(file.Signed),
    }.ToJsonString());

    private static TufSignature Signature(SignedMetadata file, ECDsa key) =>
        new(KeyOf(key).Id, Convert.ToHexStringLower(key.SignData(file.CanonicalBytes.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));

    private static RootMetadata Root(long version, Dictionary<string, ECDsa> keys) => new(
        version, TimeProvider.System.GetUtcNow().AddDays(365), true,
        RoleNames.TopLevel.Select(role => KeyOf(keys[role])).ToDictionary(key => key.Id),
        RoleNames.TopLevel.ToDictionary(role => role, role => new TufRole([KeyOf(keys[role]).Id], 1)));

    private TufRole Role(string role) => new([KeyOf(_keys[role]).Id], 1);

    private Dictionary<string, TufKey> Keys(string role) => new() { [KeyOf(_keys[role]).Id] = KeyOf(_keys[role]) };

    private MetaFile Meta(byte[] file) => new(_version, file.Length, Hashes(file));

    private static TufKey KeyOf(ECDsa key) => new("ecdsa", "ecdsa-sha2-nistp256", key.ExportSubjectPublicKeyInfoPem());

    private static Dictionary<string, string> Hashes(byte[] bytes) => new() { ["sha256"] = Hash(bytes) };

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
