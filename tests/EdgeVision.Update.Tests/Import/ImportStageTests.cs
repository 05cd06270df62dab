using System.Formats.Tar;
using System.Text;

namespace EdgeVision.Update.Tests;

public sealed class ImportStageTests : IDisposable
{
    private readonly ImportTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Place_OneRelease_LiesReadyForTheDaemonWithItsObjectsOnly(bool asTar)
    {
        var other = _tree.Add("5.0.0", "other");
        _tree.Pack();

        var placed = _tree.Place(asTar ? _tree.Tar : null, "toy");

        Assert.StartsWith("import-20260502T120000-", placed.DeploymentId, StringComparison.Ordinal);
        Assert.Equal(("toy", "1.0.0", _tree.First.Digest), (placed.Model, placed.Version, "sha256:" + placed.ManifestSha256));
        var folder = placed.Source.LocalPath;
        Assert.Equal(Path.Combine(_tree.State, "import", placed.DeploymentId) + "/", folder);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(folder, "objects"), "*", SearchOption.AllDirectories).Length); // model, labels and manifest
        Assert.True(File.Exists(Path.Combine(folder, "metadata", "timestamp.json")));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder, "targets", "models"), "*", SearchOption.AllDirectories).Length); // other's manifest too: it is small, and signed with the rest
        Assert.NotEqual(_tree.First.Digest, other.Digest);
        Assert.Equal(placed, new ImportDesk(_tree.State, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).Waiting());
    }

    [Fact]
    public void Place_SeveralReleases_WantsOneNamed()
    {
        _tree.Add("2.0.0");

        Assert.Contains("there are several releases: name one with --model and --release. There are toy 1.0.0, toy 2.0.0", _tree.Refused(), StringComparison.Ordinal);
        Assert.Contains("no such release", _tree.Refused(model: "boat"), StringComparison.Ordinal);
        Assert.Equal("2.0.0", _tree.Place(version: "2.0.0").Version);
    }

    [Fact]
    public void Place_NothingThere_SaysWhatIsExpected()
    {
        Assert.Contains("name a folder or a tar", Assert.Throws<ImportException>(() => _tree.Place("/no/such/stick")).Message, StringComparison.Ordinal);

        Directory.Delete(Path.Combine(_tree.Root, "targets"), recursive: true);
        Assert.Contains("there is no release in it", _tree.Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx", false, "is damaged")]
    [InlineData("model.onnx", true, "is missing, the model of toy 1.0.0")]
    [InlineData("labels.txt", true, "is missing, the labels of toy 1.0.0")]
    public void Place_ObjectDamagedOrGone_IsRefusedAndNamesIt(string name, bool gone, string problem)
    {
        var path = _tree.ObjectOf(_tree.First, name);
        if (gone)
        {
            File.Delete(path);
        }
        else
        {
            Device.FlipBit(path);
        }

        Assert.Contains(problem, _tree.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_ObjectCutShort_IsRefused()
    {
        var size = new FileInfo(Path.Combine(_tree.First.Directory, "model.onnx")).Length;
        using (var file = File.OpenWrite(_tree.ObjectOf(_tree.First, "model.onnx")))
        {
            file.SetLength(1000);
        }

        Assert.Contains($"has 1000 bytes, its manifest says {size}", _tree.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_ManifestDamaged_IsRefused()
    {
        Device.FlipBit(Directory.GetFiles(Path.Combine(_tree.Root, "targets", "models"), "*", SearchOption.AllDirectories).Single());

        Assert.Contains("manifest.json is damaged", _tree.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_DiskWithoutTheReserve_IsRefusedBeforeTheObjectsAreCopied() =>
        Assert.Contains("but the disk of", _tree.Refused(reserve: 1L << 60), StringComparison.Ordinal);

    [Fact]
    public void Place_LinkOnTheStick_IsRefusedNotFollowed()
    {
        var path = _tree.ObjectOf(_tree.First, "labels.txt");
        File.Move(path, path + ".moved");
        File.CreateSymbolicLink(path, "/etc/passwd");
        Assert.Contains("is a link", _tree.Refused(), StringComparison.Ordinal);

        Directory.Delete(Path.Combine(_tree.Root, "metadata"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(_tree.Root, "metadata"), "/etc");
        Assert.Contains("metadata is a link", _tree.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_PipeOnTheStick_IsNotWaitedFor()
    {
        using (var made = System.Diagnostics.Process.Start("mkfifo", Path.Combine(_tree.Root, "metadata", "2.root.json")))
        {
            made.WaitForExit();
        }

        var copy = Path.Combine(_tree.Place().Source.LocalPath, "metadata", "2.root.json");

        Assert.Equal(0, new FileInfo(copy).Length); // what is no metadata is found out by whoever reads it
    }

    [Theory]
    [InlineData("objects/sha256/ab/readme.txt")]
    [InlineData("metadata/deeper/root.json")]
    [InlineData("metadata/root.txt")]
    [InlineData("targets/a/b/c/d/e/f.json")]
    [InlineData("targets/a b")]
    public void Place_NameThatNoRepositoryHas_IsRefused(string path)
    {
        _tree.Write(path, [1]);

        Assert.Contains("is no name that a file of a repository has", _tree.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_OtherThingsOnTheStick_ArePassedOver()
    {
        _tree.Write("System Volume Information/x", [1]);
        _tree.Write("pending/2.root.json", [1]);

        Assert.Equal("toy", _tree.Place().Model);
    }

    [Theory]
    [InlineData("../escaped", "is no name")]
    [InlineData("/etc/escaped", "is no name")]
    [InlineData("objects/../../escaped", "is no name")]
    [InlineData("metadata/1.root.json", "is there twice")]
    [InlineData("metadata/TIMESTAMP.json", "differ in capitals only")]
    [InlineData("install.sh", "is no name")]
    [InlineData("metadata/a\u001b[31m.json", "'metadata/a?[31m.json' is no name")]
    public void Place_TarWithAHostileName_IsRefusedAndNothingEscapes(string name, string problem)
    {
        _tree.Pack(tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("x"u8.ToArray()) }));

        Assert.Contains(problem, _tree.Refused(_tree.Tar), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_tree.Root)!, "*escaped*", SearchOption.AllDirectories));
        Assert.False(File.Exists("/etc/escaped"));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    [InlineData(TarEntryType.Fifo)]
    public void Place_TarWithWhatIsNoFile_IsRefused(TarEntryType type)
    {
        _tree.Pack(tar =>
        {
            var entry = new PaxTarEntry(type, "metadata/9.root.json");
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                entry.LinkName = "/etc/passwd";
            }

            tar.WriteEntry(entry);
        });

        Assert.Contains($"'metadata/9.root.json' is a {type}", _tree.Refused(_tree.Tar), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_TooManyFiles_IsRefused()
    {
        using (var tar = new TarWriter(File.Create(_tree.Tar), TarEntryFormat.Ustar))
        {
            for (var i = 0; i <= ImportRules.MaxEntries; i++)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"metadata/{i}.root.json"));
            }
        }

        Assert.Contains("more than 20000", _tree.Refused(_tree.Tar), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_MetadataTooLarge_IsRefused()
    {
        _tree.Write("metadata/2.root.json", new byte[ImportRules.MaxMetadataBytes + 1]);

        Assert.Contains("metadata and manifests are smaller", _tree.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_TarCutOffAnywhere_IsRefusedOrWhole()
    {
        _tree.Pack();
        var whole = File.ReadAllBytes(_tree.Tar);
        for (var length = 0; length < whole.Length - 1024; length += whole.Length / 37) // the last 1024 bytes are the archive's end mark
        {
            File.WriteAllBytes(_tree.Tar, whole[..length]);
            Assert.NotEmpty(_tree.Refused(_tree.Tar));
        }
    }

    [Fact]
    public void Place_TarOfNoise_IsRefused()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var noise = new byte[4096];
            new Random(seed).NextBytes(noise);
            File.WriteAllBytes(_tree.Tar, noise);
            Assert.NotEmpty(_tree.Refused(_tree.Tar));
        }
    }

    [Fact]
    public void Place_TarThatClaimsANameOfAGigabyte_IsRefusedWithoutTakingIt()
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes("metadata/1.root.json").CopyTo(header, 0);
        Encoding.ASCII.GetBytes("10000000000\0").CopyTo(header, 124); // octal: 1 GiB
        header[156] = (byte)'L';
        File.WriteAllBytes(_tree.Tar, header);
        var before = GC.GetTotalAllocatedBytes();

        Assert.Contains("name or attributes of 1073741824 bytes", _tree.Refused(_tree.Tar), StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 50_000_000);
    }

    [Fact]
    public void Place_AnInterruptedImportBefore_IsSweptAway()
    {
        var left = Path.Combine(_tree.State, "import", "import-20200101T000000-00000000.incoming");
        Directory.CreateDirectory(left);

        _tree.Place();

        Assert.False(Directory.Exists(left));
    }
}
