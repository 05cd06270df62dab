using EdgeVision.Packaging.Tuf;

namespace EdgeVision.EndToEnd.Tests;

/// <summary>The published daemon as a TUF client by itself, before a real server: exit codes, what it keeps, what it says.</summary>
public sealed class TufTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly TemporaryDirectory _folder = new();
    private readonly SignedRepository _repository = new();
    private readonly RepositoryServer _server;

    public TufTests()
    {
        // the daemon's clock is the real one: everything is good for years from here
        _repository.NextRoot(root => root with { Expires = Later });
        _repository.Snapshot = _repository.Snapshot with { Expires = Later };
        _repository.Timestamp = _repository.Timestamp with { Expires = Later };
        _repository.Targets["targets"] = _repository.Targets["targets"] with { Expires = Later };
        _repository.Delegate("targets", role => new DelegatedRole("größe", role, false, ["models/*/manifest.json"]));
        _repository.Targets["größe"] = _repository.Targets["größe"] with { Expires = Later };
        _repository.Add("größe", "models/a b/manifest.json", "abc"u8.ToArray());
        _repository.Release();
        _server = new RepositoryServer(_repository.Files);
        File.WriteAllBytes(_folder.File("root.json"), _repository.Files["metadata/1.root.json"]);
    }

    private static DateTimeOffset Later => new(2098, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Tuf_Download_FetchesOnceAndKeepsWhatItTrusts()
    {
        Assert.Equal(0, Tuf("init", _folder.File("root.json")).ExitCode);
        Assert.Equal(0, Download("models/a b/manifest.json").ExitCode);
        Assert.Equal("abc", File.ReadAllText(_folder.File("targets/models%2Fa%20b%2Fmanifest.json")));
        Assert.Equal(_repository.Files["metadata/1.gr%C3%B6%C3%9Fe.json"], File.ReadAllBytes(_folder.File("trusted/gr%C3%B6%C3%9Fe.json")));

        Assert.Equal(0, Download("models/a b/manifest.json").ExitCode);
        Assert.Single(_server.Requests, path => path.StartsWith("targets/", StringComparison.Ordinal));
    }

    [Fact]
    public void Tuf_ChangedMetadataOrTarget_IsRefusedInASentence()
    {
        Tuf("init", _folder.File("root.json"));
        _repository.Files[_repository.Files.Keys.Single(path => path.StartsWith("targets/", StringComparison.Ordinal))] = "abd"u8.ToArray();
        AssertRefused(Download("models/a b/manifest.json"), "not the 3 bytes that were signed for");
        Assert.False(File.Exists(_folder.File("targets/models%2Fa%20b%2Fmanifest.json")));

        AssertRefused(Download("models/x/manifest.json"), "nobody who may has signed for it");

        _repository.Timestamp = _repository.Timestamp with { Version = 1 };
        _repository.PublishTimestamp();
        AssertRefused(Tuf("refresh"), "Somebody offers an old state again");
    }

    [Fact]
    public void Tuf_NoRootOrABadOne_SaysSo()
    {
        AssertRefused(Tuf("refresh"), "no trusted root.json yet");
        File.WriteAllText(_folder.File("root.json"), "{}");
        AssertRefused(Tuf("init", _folder.File("root.json")), "$.signed is missing");
        AssertRefused(Tuf("init", _folder.File("nowhere.json")), "nowhere.json");
        Assert.Empty(_server.Requests);
    }

    private static void AssertRefused(ProgramOutput output, string reason)
    {
        Assert.Equal(1, output.ExitCode);
        Assert.Contains(reason, output.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output.Error, StringComparison.Ordinal);
    }

    private ProgramOutput Tuf(params string[] command) =>
        Published.Run(Published.Daemon, Deadline, ["tuf", "--metadata-dir", _folder.File("trusted"), "--metadata-url", $"{_server.Address}metadata", .. command]);

    private ProgramOutput Download(string target) =>
        Tuf("--target-base-url", $"{_server.Address}targets", "--target-dir", _folder.File("targets"), "--target-name", target, "download");
}
