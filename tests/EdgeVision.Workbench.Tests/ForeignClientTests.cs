using System.Text.Json;

namespace EdgeVision.Workbench.Tests;

/// <summary>What we write, judged by a TUF client of other people (tuf-js).</summary>
public sealed class ForeignClientTests : IDisposable
{
    private static readonly string Client = Path.Combine(TestData.RepositoryRoot, "tests", "EdgeVision.Workbench.Tests", "node", "client.js");
    private readonly Bench _bench = new();

    public ForeignClientTests() =>
        Assert.SkipUnless(Directory.Exists(Path.Combine(Path.GetDirectoryName(Client)!, "node_modules", "tuf-js")), "needs tuf-js: eng/setup.sh test");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Repository_RotatedTwiceWithKeysOfAllKinds_IsBelievedByAnotherClient()
    {
        _bench.InitForASite(); // ecdsa and ed25519
        _bench.NewKey("d.pem", "rsa");
        _bench.NewKey("t2.pem", "rsa");
        Directory.CreateDirectory(_bench.File("trusted"));
        File.Copy(Path.Combine(_bench.Tree, "metadata", "1.root.json"), _bench.File("trusted/root.json"));
        var package = _bench.Package("1.0.0", 7);
        Bench.Do(["add", _bench.Tree, package, .. Keys("t", "r", "o")]);
        Bench.Do(["rotate", _bench.Tree, "root", "--remove", KeyId("a"), "--add", _bench.File("d.pem.pub"), .. Keys("a", "b", "d", "o")]);
        Bench.Do(["revoke", "key", _bench.Tree, KeyId("t"), "--add", _bench.File("t2.pem.pub"), .. Keys("b", "d", "r", "t2", "o")]);

        var seen = Look("models/toy/1.0.0/manifest.json", "policy.json", "models/other/1.0.0/manifest.json");

        Assert.Equal(3, seen.GetProperty("root").GetInt32());
        var found = seen.GetProperty("found");
        Assert.Equal(File.ReadAllText(Path.Combine(package, "manifest.json")), found.GetProperty("models/toy/1.0.0/manifest.json").GetProperty("text").GetString());
        Assert.Equal(7, found.GetProperty("models/toy/1.0.0/manifest.json").GetProperty("custom").GetProperty("counter").GetInt32());
        Assert.Equal("""{"floors":{},"offlineGraceDays":0,"revoked":[]}""", found.GetProperty("policy.json").GetProperty("text").GetString());
        Assert.False(found.TryGetProperty("models/other/1.0.0/manifest.json", out _)); // JSON leaves undefined out
    }

    private JsonElement Look(params string[] targets)
    {
        var output = Published.Run("/usr/bin/env", TimeSpan.FromSeconds(60), ["node", Client, _bench.Tree, _bench.File("trusted"), .. targets]);
        Assert.True(output.ExitCode == 0, output.Error);
        return JsonDocument.Parse(output.Output).RootElement;
    }

    private string[] Keys(params string[] names) => [.. names.SelectMany(name => new[] { "--key", _bench.File(name + ".pem") })];

    private string KeyId(string name) => Bench.Json("key", "show", _bench.File(name + ".pem")).GetProperty("keyId").GetString()!;
}
