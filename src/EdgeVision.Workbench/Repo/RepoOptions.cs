using System.CommandLine;
using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Workbench;

/// <summary>What every command on a repository takes: where it is, and the private keys at hand.</summary>
internal static class RepoOptions
{
    public static readonly Argument<string> Directory = new("DIR") { Description = "the repository's folder" };
    public static readonly Option<string[]> Key = new("--key") { Description = "a private key to sign with: a PEM file or a pkcs11: URI (may be given several times)", DefaultValueFactory = _ => [] };
    public static readonly Option<string[]> Keys = new("--keys") { Description = "a folder of private keys (*.pem) to sign with; DIR.keys when not given", DefaultValueFactory = _ => [] };
    public static readonly Option<string?> PassphraseFile = new("--passphrase-file") { Description = $"file with the passphrase of encrypted keys; else the environment variable {KeyRing.PassphraseVariable}" };
    public static readonly Option<bool> Json = new("--json") { Description = "JSON instead of lines" };

    /// <summary>A command on a repository that may sign.</summary>
    public static Command Signing(string name, string description, Action<ParseResult> run, params IEnumerable<Symbol> symbols)
    {
        var command = new Command(name, description) { Directory };
        foreach (var symbol in symbols.Concat([Key, Keys, PassphraseFile, Json]))
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        command.SetAction(run);
        return command;
    }

    public static KeyRing OpenKeys(ParseResult arguments)
    {
        var (ring, passphrase) = (new KeyRing(), Passphrase(arguments));
        try
        {
            foreach (var reference in arguments.GetRequiredValue(Key))
            {
                ring.Add(KeyReference.Open(reference, passphrase));
            }

            foreach (var folder in Folders(arguments))
            {
                ring.AddFolder(folder, passphrase);
            }

            return ring;
        }
        catch
        {
            ring.Dispose();
            throw;
        }
    }

    public static IReadOnlyList<TufKey> ReadPublic(ParseResult arguments, Option<string[]> option) =>
        [.. arguments.GetRequiredValue(option).Select(reference => KeyReference.ReadPublic(reference, Passphrase(arguments)))];

    public static string? Passphrase(ParseResult arguments)
    {
        if (arguments.GetValue(PassphraseFile) is not { } file)
        {
            return KeyRing.Passphrase;
        }

        var passphrase = File.ReadAllText(file).TrimEnd('\r', '\n');
        return passphrase.Length == 0 ? null : passphrase;
    }

    private static string[] Folders(ParseResult arguments)
    {
        var given = arguments.GetRequiredValue(Keys);
        return Array.Find(given, folder => !System.IO.Directory.Exists(folder)) is { } missing
            ? throw new RepositoryException($"The folder of keys {missing} is not there. Give the folder that holds the *.pem files, or one key with --key FILE.")
            : given.Length > 0 ? given : [KeyRing.FolderBeside(arguments.GetRequiredValue(Directory))];
    }
}
