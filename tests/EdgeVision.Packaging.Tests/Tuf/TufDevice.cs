using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests;

/// <summary>A device that trusts the first root of a repository, with its directory of trusted metadata.</summary>
internal sealed class TufDevice : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public TufDevice(SignedRepository repository)
    {
        Repository = repository;
        TufClient.Initialize(_folder.Path, repository.Files["metadata/1.root.json"]);
    }

    public SignedRepository Repository { get; }

    public string File(string name) => _folder.File(name);

    public TufClient Client(DateTimeOffset? now = null) => new(_folder.Path, Repository, now ?? SignedRepository.Now);

    public Task RefreshAsync(DateTimeOffset? now = null) => Client(now).RefreshAsync(CancellationToken.None);

    public async Task<TufFailure> RefusalAsync(DateTimeOffset? now = null) => (await Assert.ThrowsAsync<TufException>(() => RefreshAsync(now))).Failure;

    public Task<TargetFile?> FindAsync(string path) => Client().FindTargetAsync(path, CancellationToken.None);

    /// <summary>The trusted versions of root, timestamp, snapshot and targets; 0 = none.</summary>
    public long[] Versions() => [.. RoleNames.TopLevel.Select(Version)];

    public IEnumerable<string> TrustedFiles() => Directory.GetFiles(_folder.Path).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    private long Version(string role) => System.IO.File.Exists(File(role + ".json"))
        ? SignedMetadata.Read(System.IO.File.ReadAllBytes(File(role + ".json")), role).Signed.GetProperty("version").GetInt64()
        : 0;
}
