using System.Text;

namespace EdgeVision.Compression.Tests;

/// <summary>What is wrong with a set is said in one sentence that names the file and the way out.</summary>
public sealed class BadDatasetTests : IDisposable
{
    private const string Object = "<annotation><object><name>dog</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>{0}</xmax><ymax>3</ymax></bndbox></object></annotation>";

    private readonly DatasetFolder _folder = new();

    public static TheoryData<string, string, string> Files => new()
    {
        { "labels.csv", "file,label\na.jpg,dgo\n", "'dgo' (1 times; did you mean dog?)" },
        { "labels.csv", "file,label\na.jpg,7\n", "'7' (1 times; classes are 0 to 1)" },
        { "labels.csv", "file,label\n../../etc/a.jpg,dog\n", "labels.csv:2: '../../etc/a.jpg' leads out of" },
        { "labels.csv", "file,label\n/etc/a.jpg,dog\n", "leads out of" },
        { "labels.csv", "file,label\na.jpg\n", "labels.csv:2: 1 fields" },
        { "labels.csv", "file,label\na.jpg,dog\na.jpg,cat\n", "a.jpg stands there twice" },
        { "labels.csv", "file,label\nmissing.jpg,dog\n", "none of its 1 pictures is there" },
        { "labels.csv", "file,label\n", "holds no picture" },
        { "labels.csv", "file,label\na.jpg,\n", "labels.csv:2: the file or the label is empty" },
        { "annotations.json", "{\"images\":[", "is not COCO's json" },
        { "annotations.json", "[]", "is not COCO's json" },
        { "annotations.json", "{\"images\":[{\"id\":1,\"file_name\":\"a.jpg\"}],\"categories\":[],\"annotations\":[{\"image_id\":1,\"category_id\":4,\"bbox\":[0,0,1,1]}]}", "category_id 4" },
        { "annotations.json", "{\"images\":[{\"id\":1,\"file_name\":\"a.jpg\"}],\"categories\":[{\"id\":4,\"name\":\"dog\"}],\"annotations\":[{\"image_id\":2,\"category_id\":4,\"bbox\":[0,0,1,1]}]}", "images that are not among its images" },
        { "annotations.json", "{\"images\":[{\"id\":1,\"file_name\":\"a.jpg\"}],\"categories\":[{\"id\":4,\"name\":\"dog\"}],\"annotations\":[{\"image_id\":1,\"category_id\":4,\"bbox\":[0,0]}]}", "is not COCO's json" },
        { "annotations.json", "{\"images\":[{\"id\":1,\"file_name\":\"a.jpg\"}],\"categories\":[],\"annotations\":[]}", "none of its 1 pictures has a box" },
        { "a.xml", "<annotation><object>", "a.xml is not Pascal VOC's xml" },
        { "a.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><annotation>&b;</annotation>", "DTD is prohibited" },
        { "a.xml", "<annotation><object><name>dog</name></object></annotation>", "has no bndbox" },
        { "a.xml", Object.Replace("{0}", "wide", StringComparison.Ordinal), "no number in xmax" },
        { "a.xml", Object.Replace("{0}", "1", StringComparison.Ordinal), "1 boxes have no area, for example in a.jpg: (1, 1) to (1, 3)" },
        { "a.txt", "0 0.5 0.5\n", "a.txt:1: 2 numbers follow the class" },
        { "a.txt", "0 0.1 0.1 0.9 0.1 0.9 0.9\n", "polygons are not read" },
        { "a.txt", "dog 0.5 0.5 1 1\n", "'dog' is not a class's number" },
        { "a.txt", "9 0.5 0.5 1 1\n", "'9' (1 times; classes are 0 to 1)" },
        { "a.txt", "0 0.5 0.5 1 NaN\n", "'NaN' is not a number" },
        { "t-images-idx3-ubyte", "rubbish", "is not an idx file" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Open_BadFile_SaysWhatIsWrong(string name, string content, string message)
    {
        _folder.Pictures("a.jpg").Text(name, content).Text("t-labels-idx1-ubyte", "");

        Assert.Contains(message, Refusal(_folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NothingThere_ListsWhatWasLookedFor()
    {
        _folder.Text("readme.md", "");

        var message = Refusal(_folder.Path);

        Assert.Contains("*.csv with the columns file,label (list)", message, StringComparison.Ordinal);
        Assert.Contains("images/ and labels/", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TwoForms_AsksForOne()
    {
        _folder.Pictures("a.jpg").Text("labels.csv", "file,label\na.jpg,dog\n").Text("a.xml", "<annotation/>");

        Assert.Contains("may be read as list or as Pascal VOC", Refusal(_folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingPath_SaysSo() => Assert.Contains("does not exist", Refusal(_folder.File("nowhere")), StringComparison.Ordinal);

    [Theory]
    [InlineData("set.zip")]
    [InlineData("set.npz")]
    public void Open_BrokenArchive_SaysSo(string name)
    {
        _folder.Text(name, "PK, but no archive");

        Assert.Contains($"{name} cannot be read as a zip file", Refusal(_folder.File(name)), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ZipWithPathOut_IsRefused()
    {
        _folder.Zip("set.zip", ("dog/../../evil.jpg", DatasetFolder.Picture));

        Assert.Contains("leads out of the archive", Refusal(_folder.File("set.zip")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(2, 1, 1)", "|u1", "needs 2")]
    [InlineData("(1, 1)", "|u1", "pictures are [n, height, width]")]
    [InlineData("(1, 1, 1)", "<f4", "pictures are uint8")]
    [InlineData("(99999999999, 99999999999, 1)", "|u1", "pictures are [n, height, width]")]
    public void Open_NpzThatLies_IsRefused(string shape, string type, string message)
    {
        _folder.Zip("set.npz", ("images.npy", DatasetFolder.Npy(type, shape, 1)), ("labels.npy", DatasetFolder.Npy("|u1", "(1,)", 0)));

        Assert.Contains(message, Refusal(_folder.File("set.npz")), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NpyCutShort_IsRefused()
    {
        _folder.Zip("set.npz", ("images.npy", DatasetFolder.Npy("|u1", "(1, 1, 1)", 1)[..20]), ("labels.npy", Encoding.ASCII.GetBytes("no array")));

        Assert.Contains("images.npy is cut short within its header", Refusal(_folder.File("set.npz")), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_IdxLabelsOfAnotherSet_AreRefused()
    {
        _folder.Write("t-images-idx3-ubyte", DatasetFolder.Idx([2, 1, 1], 1, 2)).Write("t-labels-idx1-ubyte", DatasetFolder.Idx([3], 0, 0, 0));

        Assert.Contains("has 2 pictures", Refusal(_folder.Path), StringComparison.Ordinal);
    }

    private static string Refusal(string path) => Assert.Throws<CompressionException>(() => Dataset.Open(path, new DatasetOptions { Labels = ["cat", "dog"] })).Message;
}
