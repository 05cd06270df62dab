using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>Pascal VOC: one xml a picture, with object/name and object/bndbox in pixels. What is marked difficult is ignored, as VOC's own evaluation does. Entities and DTDs are refused.</summary>
internal static class VocForm
{
    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 16 << 20 };

    public static bool Fits(DatasetSource source) => Directory.Exists(source.Path) && Directory.EnumerateFiles(Annotations(source.Path), "*.xml").Any();

    public static DatasetContent Read(DatasetSource source)
    {
        var folder = Annotations(source.Path);
        var pictures = source.Options.Pictures ?? (folder == source.Path ? source.Path : Path.Combine(source.Path, "JPEGImages"));
        var files = Directory.GetFiles(folder, "*.xml").Order(NaturalOrder.Instance);
        return new DatasetContent(DatasetKind.Boxes, [.. files.Select(file => Item(file, pictures, source.Lookup))]);
    }

    private static string Annotations(string path) => Path.Combine(path, "Annotations") is var folder && Directory.Exists(folder) ? folder : path;

    private static DatasetItem Item(string file, string pictures, ClassLookup lookup)
    {
        try
        {
            using var reader = XmlReader.Create(file, Safe);
            var root = XElement.Load(reader);
            var boxes = root.Elements("object").Select(element => Box(element, lookup)).Where(box => box.ClassId >= 0);
            var picture = PictureOf(file, pictures, root.Element("filename")?.Value);
            return PictureFiles.Item(picture, PictureFiles.NameIn(pictures, picture), new Truth { Boxes = [.. boxes] });
        }
        catch (Exception exception) when (exception is XmlException or FormatException)
        {
            throw new CompressionException($"{file} is not Pascal VOC's xml: {exception.Message}", exception);
        }
    }

    // By the xml's own name first, because tools that copy such sets rename the files and leave what is written in them.
    private static string PictureOf(string file, string pictures, string? written)
    {
        string[] endings = [".jpg", ".png", ".jpeg", ".JPEG", ".JPG", ".bmp", ".webp"];
        var stem = Path.Combine(pictures, Path.GetFileNameWithoutExtension(file));
        return Array.Find(endings, ending => File.Exists(stem + ending)) is { } found ? stem + found
            : PictureFiles.Within(pictures, string.IsNullOrWhiteSpace(written) ? Path.GetFileNameWithoutExtension(file) + ".jpg" : written.Trim(), file);
    }

    private static TrueBox Box(XElement element, ClassLookup lookup)
    {
        var name = element.Element("name")?.Value.Trim() ?? throw new FormatException("An object has no name.");
        var box = element.Element("bndbox") ?? throw new FormatException($"An object '{name}' has no bndbox.");
        return new TrueBox(
            lookup.OfName(name), new BoundingBox(Side(box, "xmin"), Side(box, "ymin"), Side(box, "xmax"), Side(box, "ymax")), element.Element("difficult")?.Value.Trim() == "1");
    }

    private static float Side(XElement box, string side) => float.TryParse(box.Element(side)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value : throw new FormatException($"A bndbox has no number in {side}.");
}
