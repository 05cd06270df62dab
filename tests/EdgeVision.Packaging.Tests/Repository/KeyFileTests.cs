using System.Diagnostics;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Packaging.Tests.Repository;

public sealed class KeyFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(KeyAlgorithm.Ecdsa, null)]
    [InlineData(KeyAlgorithm.Ed25519, null)]
    [InlineData(KeyAlgorithm.Rsa, null)]
    [InlineData(KeyAlgorithm.Ecdsa, "a passphrase")]
    [InlineData(KeyAlgorithm.Ed25519, "a passphrase")]
    public void Create_EveryKind_SignsWhatItsPublicKeyVerifies(KeyAlgorithm algorithm, string? passphrase)
    {
        var created = KeyFile.Create(_folder.File("key.pem"), algorithm, passphrase);
        using var key = PemKey.Open(_folder.File("key.pem"), passphrase);

        var signature = Convert.ToHexString(key.Sign("message"u8.ToArray()));

        Assert.Equal(created.Id, key.PublicKey.Id);
        Assert.Equal(created.Id, PublicKeys.Read(_folder.File("key.pem.pub")).Id);
        Assert.True(created.Verify("message"u8, signature));
        Assert.False(created.Verify("massage"u8, signature));
        Assert.Equal("-rw-------", Mode("key.pem"));
    }

    [Theory]
    [InlineData("genpkey -algorithm ed25519")]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256")]
    [InlineData("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048")]
    [InlineData("genpkey -algorithm ed25519 -aes256 -pass pass:secret", "secret")]
    public void Open_KeyOfOpenSsl_IsTheSameKey(string arguments, string? passphrase = null)
    {
        OpenSsl($"{arguments} -out {_folder.File("key.pem")}");
        OpenSsl($"pkey -in {_folder.File("key.pem")} -passin pass:{passphrase} -pubout -out {_folder.File("key.pub")}");

        using var key = PemKey.Open(_folder.File("key.pem"), passphrase);

        Assert.Equal(PublicKeys.Read(_folder.File("key.pub")).Id, key.PublicKey.Id);
        Assert.Equal(File.ReadAllText(_folder.File("key.pub")), PublicKeys.ToPem(key.PublicKey));
    }

    [Theory]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384", "neither ECDSA P-256")]
    [InlineData("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024", "too short")]
    [InlineData("genpkey -algorithm ed25519 -aes256 -pass pass:secret", "is encrypted")]
    [InlineData("ecparam -name prime256v1", "is no private key")]
    public void Open_WhatIsNoUse_SaysWhy(string arguments, string words)
    {
        OpenSsl($"{arguments} -out {_folder.File("key.pem")}");

        Assert.Contains(words, Assert.Throws<RepositoryException>(() => PemKey.Open(_folder.File("key.pem"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WrongPassphrase_SaysSo()
    {
        KeyFile.Create(_folder.File("key.pem"), KeyAlgorithm.Ecdsa, "right");

        Assert.Contains("passphrase is wrong", Assert.Throws<RepositoryException>(() => PemKey.Open(_folder.File("key.pem"), "wrong")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Damaged_SaysSo()
    {
        File.WriteAllText(_folder.File("key.pem"), "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\n");

        Assert.Contains("damaged", Assert.Throws<RepositoryException>(() => PemKey.Open(_folder.File("key.pem"))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<RepositoryException>(() => PemKey.Open(_folder.File("absent.pem"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OverAnotherKey_IsRefused()
    {
        KeyFile.Create(_folder.File("key.pem"), KeyAlgorithm.Ecdsa);
        var before = File.ReadAllText(_folder.File("key.pem"));

        Assert.Throws<RepositoryException>(() => KeyFile.Create(_folder.File("key.pem"), KeyAlgorithm.Ecdsa));

        Assert.Equal(before, File.ReadAllText(_folder.File("key.pem")));
    }

    private string Mode(string name) => Run("stat", ["-c", "%A", _folder.File(name)]).Trim();

    private static void OpenSsl(string arguments) => Run("openssl", arguments.Split(' '));

    private static string Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return output;
    }
}
