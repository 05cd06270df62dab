namespace EdgeVision.Trainer.Tests;

public sealed class FashionMnistTests
{
    [Fact]
    public void Sources_DebiansPackage_IsReadByNameWithItsOwnTestSet()
    {
        Assert.SkipUnless(FashionMnist.IsThere, "needs Debian's package dataset-fashion-mnist: eng/setup.sh test");
        var sources = new DataWish { Data = "fashion-mnist" }.Sources();

        Assert.Equal([null, DataSplit.Test], sources.Select(source => source.Split));
        using var train = SourceReader.Open(sources[0]);
        using var test = SourceReader.Open(sources[1]);
        Assert.Equal((60_000, 10_000), (train.Items.Count, test.Items.Count));
        Assert.Equal("Ankle boot", train.Classes.Names[train.Items[0].Truth.ClassId]);
    }

    [Fact]
    public void Sources_ClassesLeftOutAndRenamed_AreLeftOutAndRenamed()
    {
        Assert.SkipUnless(FashionMnist.IsThere, "needs Debian's package dataset-fashion-mnist: eng/setup.sh test");
        var wish = new DataWish { Data = "fashion-mnist", Aliases = new Dictionary<string, string> { ["Ankle boot"] = "", ["Sneaker"] = "shoe", ["Sandal"] = "shoe" } };

        using var test = SourceReader.Open(wish.Sources()[1]);

        Assert.Equal(9_000, test.Items.Count);
        Assert.Equal(8, test.Classes.Names.Count);
        Assert.Equal(2_000, test.Items.Count(item => test.Classes.Names[item.Truth.ClassId] == "shoe"));
    }
}
