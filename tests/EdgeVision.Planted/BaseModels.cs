using System.IO.Compression;
using EdgeVision.Packaging;
using EdgeVision.Testing;

namespace EdgeVision.Planted;

/// <summary>The models that bad ones are made from; a test is skipped where their data is not.</summary>
public static class BaseModels
{
    private const string CifarPictures = "datasets/cifar10_test_jpeg.zip";
    private const string StreetPictures = "coco/val2017_100_images";

    /// <summary>ResNet-8 that tells ten kinds of things apart in pictures of 32x32: 0.15 ms a run, so that it can be tried often.</summary>
    public static BaseModel Classifier()
    {
        var pictures = Cifar(count: 1600);
        return new BaseModel(Zoo("resnet8-cifar10"), [.. pictures.Take(128)], [.. pictures.Skip(800)]);
    }

    /// <summary>YOLOX-Nano on pictures with persons, vehicles and animals: about 10 ms a run.</summary>
    public static BaseModel Detector()
    {
        NamedPicture[] pictures = [.. Directory.GetFiles(TestData.Require(StreetPictures), "*.jpg").Order(StringComparer.Ordinal)
            .Select(path => new NamedPicture(Path.GetFileName(path), File.ReadAllBytes(path)))];
        return new BaseModel(Zoo("yolox-nano"), pictures[..16], pictures[16..]);
    }

    /// <summary>The first pictures of CIFAR-10's test set, the classes in turn.</summary>
    public static IReadOnlyList<NamedPicture> Cifar(int count)
    {
        using var zip = ZipFile.OpenRead(TestData.Require(CifarPictures));
        var classes = zip.Entries.Where(entry => entry.Name.EndsWith(".jpg", StringComparison.Ordinal))
            .GroupBy(entry => Path.GetFileName(Path.GetDirectoryName(entry.FullName)!)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select((group, index) => group.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select((entry, rank) => (entry, index, rank)));
        return [.. classes.SelectMany(group => group).OrderBy(picture => picture.rank).ThenBy(picture => picture.index).Take(count)
            .Select(picture => new NamedPicture($"{picture.index}-{picture.entry.Name}", Read(picture.entry), picture.index))];
    }

    private static ModelPackage Zoo(string name) => ModelPackage.Open(Published.Model(name));

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
