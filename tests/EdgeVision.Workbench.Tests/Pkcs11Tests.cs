using System.Text.Json;

namespace EdgeVision.Workbench.Tests;

/// <summary>Keys in a real token: SoftHSM, filled by pkcs11-tool.</summary>
public sealed class Pkcs11Tests : IDisposable
{
    private const string Module = "/usr/lib/softhsm/libsofthsm2.so", Tool = "/usr/bin/pkcs11-tool", Pin = "1234";
    private readonly Bench _bench = new();

    public Pkcs11Tests()
    {
        Assert.SkipUnless(File.Exists(Module) && File.Exists(Tool), "needs a PKCS#11 token: apt-get install softhsm2 opensc");
        Directory.CreateDirectory(_bench.File("tokens"));
        File.WriteAllText(_bench.File("softhsm.conf"), $"directories.tokendir = {_bench.File("tokens")}\nobjectstore.backend = file\nlog.level = ERROR\n");
        File.WriteAllText(_bench.File("pin"), Pin + "\n");
        Token("--init-token", "--slot-index", "0", "--label", "release", "--so-pin", "5678");
        Token("--token-label", "release", "--init-pin", "--so-pin", "5678", "--pin", Pin);
        Token("--token-label", "release", "--login", "--pin", Pin, "--keypairgen", "--key-type", "EC:prime256v1", "--label", "trainer", "--id", "01");
        Token("--token-label", "release", "--login", "--pin", Pin, "--keypairgen", "--key-type", "rsa:2048", "--label", "engineer", "--id", "02");
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Sign_TwoKeysOfAToken_PublishARelease()
    {
        _bench.NewKey("root.pem");
        _bench.NewKey("online.pem");
        var (trainer, engineer) = (Uri("trainer"), Uri("engineer"));
        string[] files = ["--key", _bench.File("root.pem"), "--key", _bench.File("online.pem")];

        Run(["init", _bench.Tree, "--root-key", _bench.File("root.pem"), "--root-threshold", "1", "--targets-key", trainer, "--targets-key", engineer, "--online-key", _bench.File("online.pem"), "--key", trainer, "--key", engineer, .. files]);
        Run(["add", _bench.Tree, _bench.Package("1.0.0", 1), "--key", trainer, .. files]);
        Run(["sign", _bench.Tree, "--key", engineer, .. files]);

        var status = Bench.Json("status", _bench.Tree);
        Assert.True(status.GetProperty("healthy").GetBoolean());
        Assert.True(status.GetProperty("releases")[0].GetProperty("published").GetBoolean());
    }

    [Fact]
    public void Show_KeyByLabelOrId_IsTheSameAndNeverShowsThePin()
    {
        var byLabel = Run("key", "show", Uri("trainer"), "--json").Output;
        var byId = Run("key", "show", $"pkcs11:token=release;id=%01?module-path={Module}&pin-value={Pin}", "--json").Output;

        Assert.Equal(KeyId(byLabel), KeyId(byId));
        var wrong = Start("key", "show", $"pkcs11:token=release;object=trainer?module-path={Module}&pin-value=99999");
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("the PIN is wrong", wrong.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("99999", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token=elsewhere;object=trainer", "0 tokens match")]
    [InlineData("token=release;object=nobody", "no private key of that name", "none, or more than one")]
    public void Show_WhatIsNotThere_SaysSo(string path, params string[] anyOf)
    {
        var output = Start("key", "show", $"pkcs11:{path}?module-path={Module}&pin-source={_bench.File("pin")}");

        Assert.Equal(1, output.ExitCode);
        Assert.Contains(anyOf, words => output.Error.Contains(words, StringComparison.Ordinal));
    }

    private static string KeyId(string json) => JsonDocument.Parse(json).RootElement.GetProperty("keyId").GetString()!;

    private string Uri(string label) => $"pkcs11:token=release;object={label}?module-path={Module}&pin-source={_bench.File("pin")}";

    private ProgramOutput Run(params string[] arguments)
    {
        var output = Start(arguments);
        Assert.True(output.ExitCode == 0, $"{string.Join(' ', arguments)}: {output.Error}");
        return output;
    }

    private ProgramOutput Start(params string[] arguments) => WithToken(Published.Workbench, ["repo", .. arguments]);

    private void Token(params string[] arguments)
    {
        var output = WithToken(Tool, ["--module", Module, .. arguments]);
        Assert.True(output.ExitCode == 0, output.Output + output.Error);
    }

    private ProgramOutput WithToken(string program, string[] arguments) => Published.Run("/usr/bin/env", TimeSpan.FromSeconds(60), [$"SOFTHSM2_CONF={_bench.File("softhsm.conf")}", program, .. arguments]);
}
