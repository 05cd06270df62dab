using System.Text.Json;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Workbench.Tests;

public sealed class RepoCommandTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Init_Dev_WorksAtOnceAndSaysLoudlyWhatItIs()
    {
        var made = Bench.Run("init", _bench.Tree, "--dev");
        var added = Bench.Json("add", _bench.Tree, _bench.Package("1.0.0", 1));
        var status = Bench.Json("status", _bench.Tree);

        Assert.Equal(0, made.ExitCode);
        Assert.Contains("DEVELOPMENT KEYS", made.Error, StringComparison.Ordinal);
        Assert.Equal(["targets", "toy", "snapshot", "timestamp"], Texts(added.GetProperty("published")));
        Assert.True(status.GetProperty("healthy").GetBoolean() && status.GetProperty("development").GetBoolean());
        Assert.Equal("timestamp", status.GetProperty("nextToExpire").GetString());
        Assert.Contains("DEVELOPMENT REPOSITORY", Bench.Do("status", _bench.Tree), StringComparison.Ordinal);
        Assert.True(Directory.Exists(_bench.File("tree.keys")));
    }

    [Fact]
    public void Add_KeysHeldApart_IsPublishedWithTheLastSignature()
    {
        _bench.InitForASite();
        var added = Bench.Do("add", _bench.Tree, _bench.Package("1.0.0", 1), "--key", _bench.File("t.pem"));
        var waiting = Bench.Run("status", _bench.Tree);

        Assert.Contains("1 of 2 signatures", added, StringComparison.Ordinal);
        Assert.Equal(1, waiting.ExitCode);
        Assert.Contains("releases toy 1.0.0, counter 1", waiting.Output, StringComparison.Ordinal);
        Assert.Contains("Publish it where the keys of snapshot and timestamp are", Bench.Do("sign", _bench.Tree, "--key", _bench.File("r.pem")), StringComparison.Ordinal);
        Assert.Contains("published targets, toy, snapshot, timestamp", Bench.Do("renew", _bench.Tree, "--key", _bench.File("o.pem")), StringComparison.Ordinal);
        Assert.Equal(0, Bench.Run("status", _bench.Tree).ExitCode);
    }

    [Fact]
    public void Rotate_Root_NeedsOldAndNewKeys()
    {
        _bench.InitForASite();
        _bench.NewKey("d.pem", "rsa");
        var lost = KeyId("c");

        var rotated = Bench.Json("rotate", _bench.Tree, "root", "--remove", lost[..12], "--add", _bench.File("d.pem.pub"), "--key", _bench.File("a.pem"));
        var signed = Bench.Json("sign", _bench.Tree, "--key", _bench.File("d.pem"), "--key", _bench.File("o.pem"));

        // a and d are two of the new root, but only a is of the old one.
        Assert.Equal(2, rotated.GetProperty("waiting").GetArrayLength());
        Assert.Equal(["root before (version 1)"], signed.GetProperty("waiting").EnumerateArray().Select(need => need.GetProperty("by").GetString()!));
        Assert.Equal(["root", "timestamp"], Texts(Bench.Json("sign", _bench.Tree, "--key", _bench.File("b.pem"), "--key", _bench.File("o.pem")).GetProperty("published")).Append("timestamp").Distinct());
        Assert.True(File.Exists(Path.Combine(_bench.Tree, "metadata", "2.root.json")));
    }

    [Fact]
    public void Revoke_ReleaseAndKey_AreTakenOut()
    {
        _bench.InitForASite();
        _bench.NewKey("t2.pem");
        string[] both = ["--key", _bench.File("t.pem"), "--key", _bench.File("r.pem"), "--key", _bench.File("o.pem")];
        Bench.Do(["add", _bench.Tree, _bench.Package("1.0.0", 1), .. both]);

        Bench.Do(["revoke", "release", _bench.Tree, "toy", "1.0.0", .. both]);
        var key = Bench.Json("revoke", "key", _bench.Tree, KeyId("t"), "--add", _bench.File("t2.pem.pub"), "--key", _bench.File("a.pem"), "--key", _bench.File("b.pem"), "--key", _bench.File("r.pem"), "--key", _bench.File("t2.pem"), "--key", _bench.File("o.pem"));

        Assert.Equal(["targets", "toy"], Texts(key.GetProperty("roles")));
        Assert.Equal(0, key.GetProperty("waiting").GetArrayLength());
        var status = Bench.Json("status", _bench.Tree);
        Assert.True(status.GetProperty("releases")[0].GetProperty("revoked").GetBoolean());
        Assert.DoesNotContain(status.GetProperty("roles").EnumerateArray(), role => Texts(role.GetProperty("keys")).Contains(KeyId("t")));
    }

    [Fact]
    public void Policy_FloorAndGrace_AreSetAndTakenAway()
    {
        Bench.Run("init", _bench.Tree, "--dev");

        Assert.Equal("""{"floors":{"toy":40},"revoked":[],"offlineGraceDays":30}""", Policy("--floor", "toy=40", "--offline-grace-days", "30"));
        Assert.Equal("""{"floors":{},"revoked":[],"offlineGraceDays":30}""", Policy("--floor", "toy=0"));

        string Policy(params string[] arguments) => JsonSerializer.Serialize(Bench.Json(["policy", _bench.Tree, .. arguments]).GetProperty("policy"));
    }

    [Fact]
    public void Status_ExpiredTimestamp_ExitsOneUntilItIsRenewed()
    {
        var longAgo = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using (var repository = RepositoryWriter.Create(_bench.Tree, () => DevelopmentKeys.Make(_bench.File("tree.keys")), new PastTime(longAgo)))
        using (var ring = new KeyRing().AddFolder(_bench.File("tree.keys")))
        {
            repository.Sign(ring);
            repository.Publish(ring);
        }

        var expired = Bench.Run("status", _bench.Tree);

        Assert.Equal(1, expired.ExitCode);
        Assert.Contains("EXPIRED 2026-01-08", expired.Output, StringComparison.Ordinal);
        Assert.Contains("timestamp", Bench.Do("renew", _bench.Tree), StringComparison.Ordinal);
        Assert.DoesNotContain("timestamp            version 1", Bench.Run("status", _bench.Tree).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_EncryptedOne_NeedsItsPassphrase()
    {
        File.WriteAllText(_bench.File("passphrase"), "open sesame\n");
        var made = Bench.Json("key", "new", _bench.File("k.pem"), "--passphrase-file", _bench.File("passphrase"));

        var refused = Bench.Run("key", "show", _bench.File("k.pem"));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--passphrase-file", refused.Error, StringComparison.Ordinal);
        Assert.Equal(made.GetProperty("keyId").GetString(), Bench.Json("key", "show", _bench.File("k.pem"), "--passphrase-file", _bench.File("passphrase")).GetProperty("keyId").GetString());
    }

    [Theory]
    [InlineData(2, "Unrecognized command", "dance")]
    [InlineData(1, "holds no repository", "status", "TREE")]
    [InlineData(1, "holds no repository", "sign", "TREE")]
    [InlineData(1, "--dev", "init", "TREE")]
    [InlineData(1, "cannot be read", "init", "TREE", "--root-key", "/absent.pem")]
    [InlineData(1, "RFC 7512", "key", "show", "pkcs11:token")]
    [InlineData(1, "names no key", "key", "show", "pkcs11:token=a")]
    [InlineData(1, "is not there", "key", "show", "pkcs11:token=a;object=b?module-path=/absent.so&pin-value=1")]
    public void Commands_BadInput_SayTheWayOut(int exitCode, string words, params string[] arguments)
    {
        var output = Bench.Run([.. arguments.Select(word => word == "TREE" ? _bench.Tree : word)]);

        Assert.Equal(exitCode, output.ExitCode);
        Assert.Contains(words, output.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no role", "rotate", "TREE", "nobody", "--threshold", "1")]
    [InlineData("Say what changes", "rotate", "TREE", "root")]
    [InlineData("No key begins with", "revoke", "key", "TREE", "zz")]
    [InlineData("There is no release", "revoke", "release", "TREE", "toy", "9.9.9")]
    [InlineData("MODEL=COUNTER", "policy", "TREE", "--floor", "toy")]
    [InlineData("0 to 365", "policy", "TREE", "--offline-grace-days", "999")]
    [InlineData("no manifest.json", "add", "TREE", "/tmp")]
    [InlineData("is renewed by itself", "renew", "TREE", "timestamp")]
    [InlineData("is not there", "sign", "TREE", "--keys", "/absent")]
    [InlineData("already", "init", "TREE", "--dev")]
    public void Commands_BadOrders_ChangeNothing(string words, params string[] arguments)
    {
        Bench.Run("init", _bench.Tree, "--dev");

        var output = Bench.Run([.. arguments.Select(word => word == "TREE" ? _bench.Tree : word)]);

        Assert.Equal(1, output.ExitCode);
        Assert.Contains(words, output.Error, StringComparison.Ordinal);
        Assert.True(Bench.Json("status", _bench.Tree).GetProperty("healthy").GetBoolean());
    }

    private string KeyId(string name) => Bench.Json("key", "show", _bench.File(name + ".pem")).GetProperty("keyId").GetString()!;

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(text => text.GetString()!);

    private sealed class PastTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
