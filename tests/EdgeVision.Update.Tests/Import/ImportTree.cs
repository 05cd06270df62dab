using System.Formats.Tar;
using System.Security.Cryptography;
using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

/// <summary>A repository as files, as far as an import looks: nothing in it is signed, because nothing is trusted there.</summary>
internal sealed class ImportTree : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ImportTree()
    {
        Write("metadata/1.root.json", "{}"u8.ToArray());
        Write("metadata/timestamp.json", "{}"u8.ToArray());
        Write("targets/0000.policy.json", "{}"u8.ToArray());
        First = Add("1.0.0");
    }

    /// <summary>toy 1.0.0</summary>
    public ModelPackage First { get; }

    public string Root => _directory.File("stick");

    public string State => _directory.File("state");

    public string Tar => _directory.File("stick.tar");

    public ModelPackage Add(string version, string model = "toy")
    {
        var package = Packages.Write(_directory.File($"{model}-{version}"), version, model: model);
        var manifest = File.ReadAllBytes(Path.Combine(package.Directory, "manifest.json"));
        Write($"targets/models/{model}/{version}/{Sha256(manifest)}.manifest.json", manifest);
        foreach (var file in Directory.GetFiles(package.Directory))
        {
            var bytes = File.ReadAllBytes(file);
            Write($"objects/sha256/{Sha256(bytes)[..2]}/{Sha256(bytes)}", bytes);
        }

        return package;
    }

    public void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, path))!);
        File.WriteAllBytes(Path.Combine(Root, path), bytes);
    }

    public string ObjectOf(ModelPackage package, string name)
    {
        var digest = Sha256(File.ReadAllBytes(Path.Combine(package.Directory, name)));
        return Path.Combine(Root, "objects", "sha256", digest[..2], digest);
    }

    /// <summary>The folder as a tar, and whatever is put in behind it.</summary>
    public void Pack(Action<TarWriter>? more = null)
    {
        using var tar = new TarWriter(File.Create(Tar), TarEntryFormat.Pax);
        foreach (var path in Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            tar.WriteEntry(path, "./" + Path.GetRelativePath(Root, path));
        }

        more?.Invoke(tar);
    }

    public ModelDeployment Place(string? from = null, string? model = null, string? version = null, long reserve = 0) =>
        new ImportStage(from ?? Root, State).Place(model, version, reserve, new DateTimeOffset(2026, 5, 2, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What is refused leaves nothing for the daemon.</summary>
    public string Refused(string? from = null, string? model = null, long reserve = 0)
    {
        var message = Assert.Throws<ImportException>(() => Place(from, model, reserve: reserve)).Message;
        Assert.Empty(Directory.Exists(Path.Combine(State, "import")) ? Directory.GetDirectories(Path.Combine(State, "import")) : []);
        return message;
    }

    public void Dispose() => _directory.Dispose();

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
