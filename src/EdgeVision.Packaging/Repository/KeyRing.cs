namespace EdgeVision.Packaging.Repository;

/// <summary>The private keys at hand for one command, by key id. Owns them.</summary>
public sealed class KeyRing : IDisposable
{
    /// <summary>Environment variable with the passphrase of encrypted keys.</summary>
    public const string PassphraseVariable = "EDGEVISION_PASSPHRASE";

    /// <summary>The variable's; null when it is not set or empty, because an empty one guards nothing.</summary>
    public static string? Passphrase => Environment.GetEnvironmentVariable(PassphraseVariable) is { Length: > 0 } passphrase ? passphrase : null;

    /// <summary>The folder where keys of a repository are looked for when none are named: beside it, never in it, because all of that is for everybody.</summary>
    public static string FolderBeside(string repository) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(repository)) + ".keys";

    private readonly Dictionary<string, IRepositoryKey> _keys = new(StringComparer.Ordinal);

    public IReadOnlyCollection<IRepositoryKey> Keys => _keys.Values;

    /// <summary>Every private key (<c>*.pem</c>) of a folder; public ones are passed over. A folder that is not there has none.</summary>
    /// <exception cref="RepositoryException">A key cannot be read.</exception>
    public KeyRing AddFolder(string folder, string? passphrase = null)
    {
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.pem").Order(StringComparer.Ordinal).Where(PemKey.IsPrivate))
            {
                Add(PemKey.Open(file, passphrase));
            }
        }

        return this;
    }

    public KeyRing Add(IRepositoryKey key)
    {
        if (!_keys.TryAdd(key.PublicKey.Id, key))
        {
            key.Dispose(); // the same key twice, from a folder and by name
        }

        return this;
    }

    public IRepositoryKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
