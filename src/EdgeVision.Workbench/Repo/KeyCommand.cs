using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Workbench;

/// <summary><c>repo key new|show</c></summary>
internal static class KeyCommand
{
    private static readonly Argument<string> Target = new("FILE") { Description = "the private key; FILE.pub becomes the public one" };
    private static readonly Argument<string> Reference = new("KEY") { Description = "a PEM file, public or private, or a pkcs11: URI" };
    private static readonly Option<KeyAlgorithm> Type = new("--type") { Description = "ecdsa (P-256), ed25519 or rsa (3072 bits)", DefaultValueFactory = _ => KeyAlgorithm.Ecdsa };

    public static Command Create()
    {
        var make = new Command("new", "make a key; with a passphrase it is encrypted") { Target, Type, RepoOptions.PassphraseFile, RepoOptions.Json };
        make.SetAction(arguments => Print(arguments, KeyFile.Create(arguments.GetRequiredValue(Target), arguments.GetValue(Type), RepoOptions.Passphrase(arguments))));
        var show = new Command("show", "print the id and the public part of a key") { Reference, RepoOptions.PassphraseFile, RepoOptions.Json };
        show.SetAction(arguments => Print(arguments, KeyReference.ReadPublic(arguments.GetRequiredValue(Reference), RepoOptions.Passphrase(arguments))));
        return new Command("key", "make and show keys") { make, show };
    }

    private static void Print(ParseResult arguments, TufKey key)
    {
        if (arguments.GetValue(RepoOptions.Json))
        {
            RepoJson.Print(new JsonObject { ["keyId"] = key.Id, ["type"] = key.KeyType, ["scheme"] = key.Scheme, ["publicKey"] = PublicKeys.ToPem(key) });
            return;
        }

        Console.Error.WriteLine($"{key.Scheme}, key id {key.Id}");
        Console.Write(PublicKeys.ToPem(key));
    }
}
