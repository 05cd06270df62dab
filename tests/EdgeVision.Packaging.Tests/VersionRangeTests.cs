namespace EdgeVision.Packaging.Tests;

public sealed class VersionRangeTests
{
    [Theory]
    [InlineData(">=1.20,<2", "1.20.0", true)]
    [InlineData(">=1.20,<2", "1.20", true)]
    [InlineData(">=1.20,<2", "1.31.1", true)]
    [InlineData(">=1.20,<2", "1.19.2", false)]
    [InlineData(">=1.20,<2", "2.0", false)]
    [InlineData(">1.20", "1.20.0", false)]
    [InlineData("<=2", "2.0.0.0", true)]
    [InlineData("=1.31.1", "1.31.1", true)]
    [InlineData("=1.31.1", "1.31", false)]
    [InlineData(" >= 1.20 , < 1.21 ", "1.20.9", true)]
    public void VersionRange_Version_IsWithinOrNot(string range, string version, bool isWithin) =>
        Assert.Equal(isWithin, VersionRange.TryParse(range)!.Contains(Version.Parse(version)));

    [Theory]
    [InlineData("")]
    [InlineData("1.20")]
    [InlineData(">=")]
    [InlineData("=>1.20")]
    [InlineData(">=1.20,")]
    [InlineData(">=1.x")]
    [InlineData(">=-1")]
    [InlineData(">=99999999999.0")]
    public void VersionRange_NotARange_IsNone(string text) => Assert.Null(VersionRange.TryParse(text));
}
