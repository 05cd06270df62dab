using System.Text;

namespace EdgeVision.Compression.Tests;

public sealed class CsvTests
{
    public static TheoryData<string, string[][]> Texts => new()
    {
        { "a,b\r\nc,d", [["a", "b"], ["c", "d"]] },
        { "\uFEFFfile,label\n\nx,1\n", [["file", "label"], ["x", "1"]] },
        { "\"a,b\",\"say \"\"hi\"\"\"\n\"two\nlines\",", [["a,b", "say \"hi\""], ["two\nlines", ""]] },
        { "沪C.jpg,沪C", [["沪C.jpg", "沪C"]] },
        { "", [] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Read_Text_GivesItsFields(string text, string[][] rows) =>
        Assert.Equal(rows, Csv.Read(Encoding.UTF8.GetBytes(text), "list.csv").Select(row => row.Fields.ToArray()));

    [Fact]
    public void Read_LineBreakInQuotes_CountsLines() => Assert.Equal([1, 3], Csv.Read("\"a\nb\"\nc"u8, "list.csv").Select(row => row.Line));

    [Theory]
    [InlineData("a,b\n\"c", "list.csv:2: a quote is opened")]
    [InlineData("\"a\"b,c", "list.csv:1: text follows a closing quote")]
    public void Read_BadQuotes_NamesTheLine(string text, string message) =>
        Assert.Contains(message, Assert.Throws<CompressionException>(() => Csv.Read(Encoding.UTF8.GetBytes(text), "list.csv").ToList()).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Latin1_IsRefused() => Assert.Contains("not UTF-8", Assert.Throws<CompressionException>(() => Csv.Read([0x61, 0xE4, 0x2C], "list.csv")).Message, StringComparison.Ordinal);
}
