using System.Buffers.Binary;
using EdgeVision.Compression;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Tests;

public sealed class QualityCheckTests : IDisposable
{
    private readonly PictureSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Check_SoundSet_FindsNothing()
    {
        var report = _set.Patterns("cat", 0, 10).Patterns("dog", 20, 10).Judge();

        Assert.Empty(report.Findings);
        Assert.Equal([10, 10], report.Counts);
    }

    [Fact]
    public void Check_UnusablePictures_AreNamedAndNotDecoded()
    {
        using var tiny = PictureSet.Pattern(1, 1, 1);
        using var sound = PictureSet.Pattern(90, 64, 64);
        var jpeg = ImageCodec.EncodeJpeg(sound);
        _set.Patterns("cat", 0, 10).Patterns("dog", 20, 10)
            .Write("cat/tiny.png", ImageCodec.EncodePng(tiny)).Write("cat/huge.png", HugePng()).Write("dog/cut.jpg", jpeg.AsSpan(0, jpeg.Length / 2)).Write("dog/text.jpg", "no picture"u8).Write("dog/empty.jpg", []);

        var report = _set.Judge();

        Assert.Equal([(FindingKind.Unreadable, 3), (FindingKind.TooSmall, 1), (FindingKind.TooLarge, 1)], report.Findings.Select(finding => (finding.Kind, finding.Count)));
        Assert.Contains("cat/huge.png is 12000x10000, 120 megapixels", QualityText.Of(report), StringComparison.Ordinal);
        Assert.Equal([10, 10], report.Counts);
    }

    [Fact]
    public void Check_SameBytesUnderTwoLabels_LeavesBothOut()
    {
        _set.Patterns("cat", 0, 11).Patterns("dog", 20, 10);
        _set.Write("dog/copy.png", File.ReadAllBytes(_set.File("cat/3.png"))).Write("cat/again.png", File.ReadAllBytes(_set.File("cat/5.png")));

        var report = _set.Judge();

        Assert.Equal([(FindingKind.Conflict, 2), (FindingKind.Duplicate, 1)], report.Findings.Select(finding => (finding.Kind, finding.Count)));
        Assert.Equal([10, 10], report.Counts);
    }

    [Fact]
    public void Check_TestPictureSavedAgainAsJpegInTraining_IsALeak()
    {
        _set.Patterns("train/cat", 0, 10).Patterns("train/dog", 20, 10).Patterns("test/cat", 40, 3).Patterns("test/dog", 50, 3);
        using var frame = PictureSet.Pattern(41, 120, 80);
        _set.Write("train/cat/leaked.jpg", ImageCodec.EncodeJpeg(frame, 60));

        var report = _set.Judge(new DataWish { Data = _set.File("train"), Test = _set.File("test") });

        var leak = Assert.Single(report.Objections([], cured: false));
        Assert.Equal((FindingKind.Leak, "cat/leaked.jpg looks like cat/41.png in test"), (leak.Kind, leak.Examples.Single()));
        Assert.Empty(report.Objections([FindingKind.Leak], cured: false));
        Assert.Empty(report.Objections([], cured: true));
    }

    [Fact]
    public void Check_OneClass_IsDishonest()
    {
        var report = _set.Patterns("good", 0, 12).Judge();

        Assert.Equal(FindingKind.OneClass, Assert.Single(report.Objections([], cured: true)).Kind);
    }

    [Fact]
    public void Check_Boxes_NamesTheMistakes()
    {
        _set.Patterns("images", 0, 3).Text("instances.json", """
            {"categories":[{"id":1,"name":"car"}],"images":[{"id":0,"file_name":"images/0.png"},{"id":1,"file_name":"images/1.png"},{"id":2,"file_name":"images/2.png"}],
             "annotations":[{"image_id":0,"category_id":1,"bbox":[10,10,20,20]},{"image_id":0,"category_id":1,"bbox":[10,10,20,20.5]},{"image_id":1,"category_id":1,"bbox":[90,10,20,20]},
                            {"image_id":1,"category_id":1,"bbox":[5,5,0,9]},{"image_id":2,"category_id":1,"bbox":[200,5,9,9]}]}
            """);

        var report = _set.Judge();

        Assert.Equal([(FindingKind.RareClass, 1), (FindingKind.BoxDegenerate, 1), (FindingKind.BoxOutside, 2), (FindingKind.BoxTwice, 1)], report.Findings.Select(finding => (finding.Kind, finding.Count)));
    }

    [Fact]
    public void Check_EmptyFolder_SaysWhatIsLookedFor() =>
        Assert.Contains("holds no data set. Looked for:", Assert.Throws<CompressionException>(() => _set.Judge()).Message, StringComparison.Ordinal);

    // A header that promises 120 megapixels, and nothing behind it.
    private static byte[] HugePng()
    {
        using var frame = PictureSet.Pattern(1, 16, 16);
        var png = ImageCodec.EncodePng(frame);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 12000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 10000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32(png.AsSpan(12, 17)));
        return png;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
