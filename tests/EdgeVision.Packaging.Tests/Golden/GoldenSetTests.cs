using System.Buffers.Binary;

namespace EdgeVision.Packaging.Tests;

public sealed class GoldenSetTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];

    [Fact]
    public void GoldenSet_WrittenAndRead_IsTheSame()
    {
        var set = new GoldenSet(GoldenKind.Boxes, [Frame("a.png", new GoldenAnswer(2, 0.9f, 1, 2, 30, 40)), Frame("nothing.jpg") with { Picture = new byte[] { 0xFF, 0xD8, 0xFF } }]);

        var back = GoldenSet.Read(set.Write(), "golden.bin");

        Assert.Equal(GoldenKind.Boxes, back.Kind);
        Assert.Equal(["a.png", "nothing.jpg"], back.Frames.Select(frame => frame.Name));
        Assert.Equal(Png, back.Frames[0].Picture.ToArray());
        Assert.Equal(new GoldenAnswer(2, 0.9f, 1, 2, 30, 40), Assert.Single(back.Frames[0].Answers));
        Assert.Empty(back.Frames[1].Answers);
        Assert.Equal(set.Write(), back.Write());
    }

    [Fact]
    public void GoldenSet_OneFrame_HasTheWrittenSize() =>
        // magic 8, kind 4, frames 4; name length 4, name 5; picture length 4, picture 7; answers 4, one answer 24.
        Assert.Equal(64, new GoldenSet(GoldenKind.Boxes, [Frame("a.png", new GoldenAnswer(0, 0.5f))]).Write().Length);

    [Fact]
    public void GoldenSet_CutAnywhere_IsRefused()
    {
        var whole = new GoldenSet(GoldenKind.Classes, [Frame("a.png", new GoldenAnswer(1, 0.5f)), Frame("b.png", new GoldenAnswer(1, 0.5f))]).Write();

        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Throws<PackageException>(() => GoldenSet.Read(whole.AsMemory(0, length), "golden.bin")));
        Assert.Throws<PackageException>(() => GoldenSet.Read(new byte[] { 0 }.Concat(whole).ToArray(), "golden.bin"));
        Assert.Contains("1 bytes after its last frame", Assert.Throws<PackageException>(() => GoldenSet.Read((byte[])[.. whole, 0], "golden.bin")).Message, StringComparison.Ordinal);
    }

    // Each row: where in the one-frame file of 64 bytes a number stands, the number put there, and what the message says. 2147483647 would be 2 GiB of memory if it were believed.
    [Theory]
    [InlineData(8, 3, "kind: 3 is not known")]
    [InlineData(12, 0, "48 bytes after its last frame")]
    [InlineData(12, -1, "-1 frames")]
    [InlineData(12, 2, "cut short")]
    [InlineData(12, int.MaxValue, "2147483647 frames")]
    [InlineData(16, 65, "65 bytes of a name")]
    [InlineData(25, int.MaxValue, "2147483647 bytes of a picture")]
    [InlineData(25, 8, "23 bytes after its last frame")]
    [InlineData(36, 1001, "1001 answers")]
    [InlineData(36, 1000, "cut short")]
    [InlineData(40, -1, "answers[0]")]
    [InlineData(44, 0x7FC00000, "answers[0]")]
    [InlineData(48, 0x7F800000, "answers[0]")]
    public void GoldenSet_NumberThatCannotBe_IsRefusedByName(int offset, int number, string expected)
    {
        var file = new GoldenSet(GoldenKind.Boxes, [Frame("a.png", new GoldenAnswer(0, 0.5f, 1, 1, 2, 2))]).Write();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), number);

        var message = Assert.Throws<PackageException>(() => GoldenSet.Read(file, "m/golden.bin")).Message;

        Assert.StartsWith("m/golden.bin", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void GoldenSet_ThatAReaderWouldRefuse_IsNotWritten()
    {
        Assert.Throws<PackageException>(() => new GoldenSet(GoldenKind.Boxes, []).Write());
        Assert.Throws<PackageException>(() => new GoldenSet(GoldenKind.Boxes, [Frame("../a.png")]).Write());
        Assert.Throws<PackageException>(() => new GoldenSet(GoldenKind.Classes, [Frame("a.png")]).Write());
        Assert.Throws<PackageException>(() => new GoldenSet(GoldenKind.Boxes, [Frame("a.gif") with { Picture = "GIF89a"u8.ToArray() }]).Write());
        Assert.Throws<PackageException>(() => new GoldenSet(GoldenKind.Boxes, [Frame("a.png", new GoldenAnswer(0, 1.5f))]).Write());
        Assert.Throws<PackageException>(() => new GoldenSet(GoldenKind.Boxes, [.. Enumerable.Repeat(Frame("a.png"), GoldenSet.MaxFrames + 1)]).Write());
    }

    private static GoldenFrame Frame(string name, params GoldenAnswer[] answers) => new(name, Png, answers);
}
