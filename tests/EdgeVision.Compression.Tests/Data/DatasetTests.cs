using EdgeVision.Imaging;

namespace EdgeVision.Compression.Tests;

/// <summary>Each form as a tool would leave it.</summary>
public sealed class DatasetTests : IDisposable
{
    private const string Coco = """
        {"categories":[{"id":3,"name":"car"},{"id":9,"name":"Person"}],"images":[{"id":1,"file_name":"10.jpg"},{"id":2,"file_name":"2.jpg"}],
         "annotations":[{"image_id":2,"category_id":9,"bbox":[1,2,3,1]},{"image_id":2,"category_id":3,"bbox":[0,0,4,4],"iscrowd":1}]}
        """;

    private readonly DatasetFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_FolderPerClass_NamesClassesByFolder()
    {
        using var dataset = _folder.Pictures("dog/10.jpg", "dog/2.jpg", "Traffic_Light/1.jpg").Open("traffic light", "cat", "dog");

        Assert.Equal(DatasetKind.Classes, dataset.Kind);
        Assert.Equal([("dog/2.jpg", 2), ("dog/10.jpg", 2), ("Traffic_Light/1.jpg", 0)], dataset.Items.OrderByDescending(item => item.Truth.ClassId).Select(item => (item.Name, item.Truth.ClassId)));
        using var frame = dataset.Items[0].Open();
        Assert.Equal((8, 4), (frame.Width, frame.Height));
    }

    [Fact]
    public void Open_FolderPerClassWithOneInnerName_NamesClassesByTheOuterFolder()
    {
        using var dataset = _folder.Pictures("crack/Imgs/1.jpg", "free/Imgs/2.jpg").Open();

        Assert.Equal([("crack/Imgs/1.jpg", 0), ("free/Imgs/2.jpg", 1)], dataset.Items.Select(item => (item.Name, item.Truth.ClassId)));
        Assert.Equal(DatasetFolder.Picture, dataset.Items[0].Stored().ToArray());
    }

    [Fact]
    public void Open_FolderPerSplit_IsNotTakenForClasses()
    {
        _folder.Pictures("train/cat/1.jpg", "train/dog/1.jpg", "test/cat/2.jpg", "test/dog/2.jpg");

        Assert.Contains("holds no data set", Assert.Throws<CompressionException>(() => _folder.Open()).Message, StringComparison.Ordinal);
    }

    // Without a model's labels, as a trainer opens it, renamed classes once kept their old names.
    [Fact]
    public void Open_WithAliasesAndNoLabels_CountsClassesAsOne()
    {
        var aliases = new Dictionary<string, string> { ["bus"] = "vehicle", ["car"] = "vehicle", ["tram"] = "" };
        using var dataset = Dataset.Open(_folder.Pictures("bus/1.jpg", "car/2.jpg", "person/3.jpg", "tram/4.jpg").Path, new DatasetOptions { Aliases = aliases });

        Assert.Equal(["vehicle", "person"], dataset.Classes.Names);
        Assert.Equal([0, 0, 1], dataset.Items.Select(item => item.Truth.ClassId));
    }

    [Fact]
    public void Open_FolderOfPictures_KnowsNothing()
    {
        using var dataset = _folder.Pictures("10.jpg", "9.JPG").Text("notes.md", "not a picture").Open();

        Assert.Equal(DatasetKind.Pictures, dataset.Kind);
        Assert.Equal(["9.JPG", "10.jpg"], dataset.Items.Select(item => item.Name));
    }

    [Theory]
    [InlineData("a.jpg,dog\nb.jpg,cat\n", new[] { "cat", "dog" }, new[] { 1, 0 })]
    [InlineData("a.jpg,1\nb.jpg,0\n", new[] { "cat", "dog" }, new[] { 1, 0 })]
    [InlineData("a.jpg,1\nb.jpg,0\n", new[] { "1", "0" }, new[] { 0, 1 })]
    public void Open_List_TakesNamesAndElsePlaces(string rows, string[] labels, int[] classes)
    {
        using var dataset = _folder.Pictures("a.jpg", "b.jpg").Text("labels.csv", "file,label\n" + rows).Open(labels);

        Assert.Equal(classes, dataset.Items.Select(item => item.Truth.ClassId));
    }

    [Fact]
    public void Open_ListOfTexts_KeepsThem()
    {
        _folder.Pictures("images/沪C21F13.jpg").Text("labels.csv", "\uFEFFlabel,file\r\n沪C21F13,images/沪C21F13.jpg\r\n");

        using var dataset = Dataset.Open(_folder.Path, new DatasetOptions { Labels = ["-", "C"], IsText = true });

        Assert.Equal((DatasetKind.Text, "沪C21F13"), (dataset.Kind, dataset.Items.Single().Truth.Text));
    }

    [Fact]
    public void Open_Coco_MapsCategoriesByNameAndIgnoresCrowds()
    {
        using var dataset = _folder.Pictures("2.jpg", "10.jpg").Text("GT.coco.json", Coco).Open("person", "car");

        Assert.Equal(["2.jpg", "10.jpg"], dataset.Items.Select(item => item.Name));
        Assert.Equal([new TrueBox(0, new BoundingBox(1, 2, 4, 3)), new TrueBox(1, new BoundingBox(0, 0, 4, 4), IsIgnored: true)], dataset.Items[0].Truth.Boxes);
        Assert.Empty(dataset.Items[1].Truth.Boxes);
    }

    [Fact]
    public void Open_Aliases_JoinClassesOnBothSides()
    {
        _folder.Pictures("2.jpg", "10.jpg").Text("GT.coco.json", Coco);
        var aliases = new Dictionary<string, string> { ["car"] = "vehicle", ["truck"] = "vehicle", ["person"] = "" };

        using var dataset = Dataset.Open(_folder.Path, new DatasetOptions { Labels = ["person", "truck", "boat"], Aliases = aliases });

        Assert.Equal(["vehicle", "boat"], dataset.Classes.Names);
        Assert.Equal([-1, 0, 1], Enumerable.Range(0, 3).Select(dataset.Classes.OfModel));
        Assert.Equal([0], dataset.Items[0].Truth.Boxes.Select(box => box.ClassId));
    }

    [Fact]
    public void Open_Voc_ReadsBoxesAndDifficulty()
    {
        const string xml = "<annotation><filename>other.jpg</filename><object><name>dog</name><difficult>1</difficult><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>5.5</xmax><ymax>3</ymax></bndbox></object></annotation>";
        using var dataset = _folder.Pictures("JPEGImages/7.jpg").Text("Annotations/7.xml", xml).Open("dog");

        Assert.Equal("7.jpg", dataset.Items.Single().Name);
        Assert.Equal([new TrueBox(0, new BoundingBox(1, 1, 5.5f, 3), IsIgnored: true)], dataset.Items.Single().Truth.Boxes);
    }

    [Fact]
    public void Open_Yolo_ReadsSharesAndKeyPoints()
    {
        _folder.Pictures("images/a.jpg", "images/b.jpg", "images/empty.jpg")
            .Text("labels/a.txt", "0 0.5 0.5 1 0.5\n").Text("labels/b.txt", "1 0.25 0.5 0.5 1 0.1 0.2 2 0.3 0.4 0\n").Text("labels/classes.txt", "dog\ncat\n");

        using var dataset = _folder.Open("cat", "dog");

        Assert.Equal([1, 1, 0], dataset.Items.Select(item => item.Truth.Boxes.Count));
        Assert.Equal([new TrueBox(1, new BoundingBox(0, 1, 8, 3))], dataset.Items[0].Truth.BoxesIn(8, 4));
        Assert.Equal([new TrueBox(0, new BoundingBox(0, 0, 4, 4))], dataset.Items[1].Truth.BoxesIn(8, 4));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_Idx_GivesGreyPictures(bool packed)
    {
        var (pictures, labels) = (DatasetFolder.Idx([2, 1, 3], 1, 2, 3, 4, 5, 6), DatasetFolder.Idx([2], 1, 0));
        var ending = packed ? ".gz" : "";
        _folder.Write($"t10k-images-idx3-ubyte{ending}", packed ? DatasetFolder.Gzip(pictures) : pictures).Write($"t10k-labels-idx1-ubyte{ending}", packed ? DatasetFolder.Gzip(labels) : labels);

        using var dataset = _folder.Open("zero", "one");

        using var second = dataset.Items[1].Open();
        Assert.Equal([1, 0], dataset.Items.Select(item => item.Truth.ClassId));
        Assert.Equal([4, 5, 6], second.Pixels.ToArray());
    }

    [Fact]
    public void Open_NpzPart_TakesThatPair()
    {
        _folder.Zip(
            "set.npz", ("train_images.npy", DatasetFolder.Npy("|u1", "(1, 1, 1)", 9)), ("train_labels.npy", DatasetFolder.Npy("|u1", "(1, 1)", 0)),
            ("test_images.npy", DatasetFolder.Npy("|u1", "(2, 1, 2, 3)", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)), ("test_labels.npy", DatasetFolder.Npy("<i2", "(2,)", 1, 0, 0, 0)));

        using var dataset = Dataset.Open(_folder.File("set.npz") + "#test", new DatasetOptions { Labels = ["normal", "ill"] });

        using var second = dataset.Items[1].Open();
        Assert.Equal([1, 0], dataset.Items.Select(item => item.Truth.ClassId));
        Assert.Equal(PixelFormat.Rgb24, second.Layout.Format);
        Assert.Equal([7, 8, 9, 10, 11, 12], second.Pixels.ToArray());
    }

    [Fact]
    public void Open_Zip_NamesClassesByInnermostFolder()
    {
        _folder.Zip("set.zip", ("test/dog/0002.jpg", DatasetFolder.Picture), ("test/cat/0001.jpg", DatasetFolder.Picture), ("train/cat/0001.jpg", DatasetFolder.Picture));

        using var dataset = Dataset.Open(_folder.File("set.zip") + "#test", new DatasetOptions { Labels = ["cat", "dog"] });

        Assert.Equal([("test/cat/0001.jpg", 0), ("test/dog/0002.jpg", 1)], dataset.Items.Select(item => (item.Name, item.Truth.ClassId)));
        using var frame = dataset.Items[0].Open();
        Assert.Equal(8, frame.Width);
    }

    [Fact]
    public void Open_PathList_IsPictures()
    {
        _folder.Pictures("a/1.jpg", "2.jpg").Text("list.txt", "# calibration\n2.jpg\n\na/1.jpg\n");

        using var dataset = Dataset.Open(_folder.File("list.txt"), new DatasetOptions { PicturesOnly = true });

        Assert.Equal(["2.jpg", "a/1.jpg"], dataset.Items.Select(item => item.Name));
    }

    [Fact]
    public void Open_Limit_SpreadsOverTheSet()
    {
        _folder.Pictures("0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg");

        using var dataset = Dataset.Open(_folder.Path, new DatasetOptions { Limit = 3 });

        Assert.Equal(["0.jpg", "2.jpg", "4.jpg"], dataset.Items.Select(item => item.Name));
    }

    [Fact]
    public void Digest_OtherTruth_IsAnother()
    {
        _folder.Pictures("a.jpg", "b.jpg").Text("labels.csv", "file,label\na.jpg,cat\nb.jpg,dog\n");
        using var before = _folder.Open("cat", "dog");
        using var again = _folder.Open("cat", "dog");
        _folder.Text("labels.csv", "file,label\na.jpg,dog\nb.jpg,dog\n");
        using var after = _folder.Open("cat", "dog");

        Assert.Equal(before.Digest, again.Digest);
        Assert.NotEqual(before.Digest, after.Digest);
    }

    [Fact]
    public void Open_OneClassAlone_IsAWarning()
    {
        _folder.Pictures([.. Enumerable.Range(0, 10).Select(i => $"dog/{i}.jpg")]);

        using var dataset = _folder.Open("cat", "dog");

        Assert.Contains("all 10 pictures are of one class", Assert.Single(dataset.Warnings), StringComparison.Ordinal);
    }
}
