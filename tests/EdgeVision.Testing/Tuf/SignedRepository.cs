using System.Security.Cryptography;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Testing;

/// <summary>A small TUF repository in memory, signed with real keys of every kind. Tests change its state, publish some or all of it, and see what a client makes of that.</summary>
public sealed class SignedRepository : ITufFetcher
{
    /// <summary>When everything happens; all metadata is good for 30 days from here unless a test says otherwise.</summary>
    public static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SigningKey Slow = SigningKey.Rsa(); // made once, because making it takes a while

    public SignedRepository()
    {
        Signers = new() { ["root"] = [SigningKey.Ecdsa()], ["timestamp"] = [SigningKey.Ed25519()], ["snapshot"] = [SigningKey.Ecdsa("ecdsa-sha2-nistp256")], ["targets"] = [Slow] };
        Targets = new() { ["targets"] = new TargetsMetadata(0, Fresh, new Dictionary<string, TargetEntry>()) };
        Snapshot = new SnapshotMetadata(0, Fresh, new Dictionary<string, MetaFile>());
        Timestamp = new TimestampMetadata(0, Fresh, new MetaFile(1));
        Root = new RootMetadata(1, Fresh, true, Keys(Signers.Values.SelectMany(keys => keys)), Signers.ToDictionary(role => role.Key, role => Role(1, [.. role.Value])));
        PublishRoot(Root);
        Release();
    }

    public static DateTimeOffset Fresh { get; } = Now.AddDays(30);

    /// <summary>Path to bytes, as a web server would have them.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public List<string> Requests { get; } = [];

    /// <summary>The largest size that was allowed for each request.</summary>
    public Dictionary<string, long> Limits { get; } = [];

    /// <summary>Role to the keys that sign for it, whether they may or not.</summary>
    public Dictionary<string, SigningKey[]> Signers { get; }

    public RootMetadata Root { get; set; }

    public TimestampMetadata Timestamp { get; set; }

    public SnapshotMetadata Snapshot { get; set; }

    /// <summary>Role to metadata, delegated roles too.</summary>
    public Dictionary<string, TargetsMetadata> Targets { get; }

    /// <summary>Snapshot and timestamp say length and digest of what they name.</summary>
    public bool WithHashes { get; set; }

    public static Dictionary<string, TufKey> Keys(IEnumerable<SigningKey> keys) => keys.Select(key => key.Public).DistinctBy(key => key.Id).ToDictionary(key => key.Id);

    public static TufRole Role(int threshold, params SigningKey[] keys) => new([.. keys.Select(key => key.Public.Id)], threshold);

    public static byte[] Sign(TufMetadata metadata, params SigningKey[] keys) =>
        keys.Aggregate(SignedMetadata.Of(metadata.ToJson()), (file, key) => file.With(key.Sign(file.CanonicalBytes))).ToBytes();

    public Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        Requests.Add(path);
        Limits[path] = maxBytes;
        var bytes = Files.GetValueOrDefault(path);
        return bytes?.Length > maxBytes ? throw new TufException(TufFailure.TooLarge, path) : Task.FromResult(bytes);
    }

    /// <summary>The next versions of everything but root.</summary>
    public void Release()
    {
        foreach (var role in Targets.Keys.ToList())
        {
            Targets[role] = Targets[role] with { Version = Targets[role].Version + 1 };
            PublishTargets(role);
        }

        ReleaseSnapshot();
    }

    public void ReleaseSnapshot()
    {
        Snapshot = Snapshot with { Version = Snapshot.Version + 1 };
        PublishSnapshot();
        Timestamp = Timestamp with { Version = Timestamp.Version + 1 };
        PublishTimestamp();
    }

    /// <summary>The next root, signed by the keys that sign for root.</summary>
    public void NextRoot(Func<RootMetadata, RootMetadata> change)
    {
        Root = change(Root) with { Version = Root.Version + 1 };
        PublishRoot(Root);
    }

    /// <summary>Other keys for a role from the next root on.</summary>
    public void Rotate(string role, int threshold, params SigningKey[] keys)
    {
        Signers[role] = role == "root" ? [.. Signers[role], .. keys] : keys;
        NextRoot(root => root with
        {
            Keys = root.Keys.Concat(Keys(keys)).DistinctBy(key => key.Key).ToDictionary(),
            Roles = new Dictionary<string, TufRole>(root.Roles) { [role] = Role(threshold, keys) },
        });
    }

    public void PublishRoot(RootMetadata root) => Files[RepositoryPath.OfRole("root", root.Version)] = Sign(root, Signers["root"]);

    public void PublishTargets(string role)
    {
        var bytes = Sign(Targets[role], Signers[role]);
        Files[RepositoryPath.OfRole(role, Root.ConsistentSnapshot ? Targets[role].Version : null)] = bytes;
        Snapshot = Snapshot with { Meta = new Dictionary<string, MetaFile>(Snapshot.Meta) { [role + ".json"] = Describe(Targets[role].Version, bytes) } };
    }

    public void PublishSnapshot()
    {
        var bytes = Sign(Snapshot, Signers["snapshot"]);
        Files[RepositoryPath.OfRole("snapshot", Root.ConsistentSnapshot ? Snapshot.Version : null)] = bytes;
        Timestamp = Timestamp with { Snapshot = Describe(Snapshot.Version, bytes) };
    }

    public void PublishTimestamp() => Files[RepositoryPath.OfRole("timestamp", null)] = Sign(Timestamp, Signers["timestamp"]);

    /// <summary>Adds a file to a role; it is signed for with the role's next version.</summary>
    public void Add(string role, string path, byte[] content)
    {
        var entry = new TargetEntry(content.Length, new Dictionary<string, string> { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)) });
        Targets[role] = Targets[role] with { Targets = new Dictionary<string, TargetEntry>(Targets[role].Targets) { [path] = entry } };
        Files[RepositoryPath.OfTarget(new TargetFile(path, entry.Length, entry.Hashes, null, Root.ConsistentSnapshot))] = content;
    }

    /// <summary>A role of its own key, trusted by another with what <paramref name="delegation"/> says.</summary>
    public void Delegate(string parent, Func<TufRole, DelegatedRole> delegation)
    {
        var key = SigningKey.Ecdsa();
        var role = delegation(Role(1, key));
        var before = Targets[parent].Delegations ?? new Delegations(new Dictionary<string, TufKey>(), []);
        Targets[parent] = Targets[parent] with { Delegations = new Delegations(before.Keys.Concat(Keys([key])).ToDictionary(), [.. before.Roles, role]) };
        Signers[role.Name] = [.. Signers.GetValueOrDefault(role.Name, []), key];
        Targets.TryAdd(role.Name, new TargetsMetadata(0, Fresh, new Dictionary<string, TargetEntry>()));
    }

    private MetaFile Describe(long version, byte[] bytes) => WithHashes
        ? new MetaFile(version, bytes.Length, new Dictionary<string, string> { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)) })
        : new MetaFile(version);
}
