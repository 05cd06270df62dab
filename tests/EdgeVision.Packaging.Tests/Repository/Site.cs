using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests.Repository;

/// <summary>A production repository in a folder: root 2 of 3 (ann, ben, cem), targets 2 of 2 (trainer, release), one key that is online; and devices that look at it.</summary>
internal sealed class Site : IDisposable
{
    public static readonly string[] Everybody = ["ann", "ben", "cem", "trainer", "release", "online"];
    private readonly TemporaryDirectory _folder = new();
    private readonly Dictionary<string, TufKey> _keys = [];

    /// <param name="sign">Whose keys sign the first versions.</param>
    public Site(params string[] sign)
    {
        RepositorySetup Setup() => new([Key("ann"), Key("ben"), Key("cem")], 2, [Key("trainer"), Key("release")], 2, [Key("online")]);
        using var repository = RepositoryWriter.Create(Tree, Setup, Time);
        using var ring = Ring(sign.Length == 0 ? Everybody : sign);
        repository.Sign(ring);
        repository.Publish(ring);
    }

    public SettableTime Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public string Tree => _folder.File("tree");

    public RepositoryStatus Status => RepositoryStatus.Read(Tree, Time);

    /// <summary>A holder's public key; made when first asked for.</summary>
    public TufKey Key(string holder) => _keys.TryGetValue(holder, out var key) ? key : _keys[holder] = KeyFile.Create(KeyPath(holder), KeyAlgorithm.Ecdsa);

    public string KeyPath(string holder) => _folder.File(holder + ".pem");

    public string File(string name) => _folder.File(name);

    public KeyRing Ring(params string[] holders)
    {
        var ring = new KeyRing();
        foreach (var holder in holders)
        {
            _ = Key(holder);
            ring.Add(PemKey.Open(KeyPath(holder)));
        }

        return ring;
    }

    /// <summary>An edit, signed by these holders, and published as far as that goes.</summary>
    public PublishOutcome Change(Action<RepositoryWriter> edit, params string[] sign)
    {
        using var repository = RepositoryWriter.Open(Tree, Time);
        using var ring = Ring(sign);
        edit(repository);
        repository.Sign(ring);
        return repository.Publish(ring);
    }

    public PublishOutcome Sign(params string[] holders) => Change(_ => { }, holders);

    public ModelPackage Package(string version, long counter, string model = "toy", string contents = "abc")
    {
        var manifest = ManifestReader.Read(System.Text.Encoding.UTF8.GetBytes(ManifestText.Smallest), "smallest") with { Model = model, Version = version, Counter = counter };
        return PackageWriter.Write(_folder.File($"{model}-{version}-{contents}"), manifest, new Dictionary<string, byte[]> { ["model.onnx"] = System.Text.Encoding.UTF8.GetBytes(contents) });
    }

    /// <summary>A device that trusts a root of this repository.</summary>
    public string Device(string name, int rootVersion = 1)
    {
        Directory.CreateDirectory(_folder.File(name));
        TufClient.Initialize(_folder.File(name), System.IO.File.ReadAllBytes(Path.Combine(Tree, "metadata", $"{rootVersion}.root.json")));
        return _folder.File(name);
    }

    /// <summary>What a device finds now.</summary>
    public Task<TargetFile?> FindAsync(string device, string path) => new TufClient(device, new FolderTufFetcher(Tree), Time.Now).FindTargetAsync(path, CancellationToken.None);

    public static string Target(string version, string model = "toy") => RepositoryRelease.TargetPath(model, version);

    public void Dispose() => _folder.Dispose();
}
