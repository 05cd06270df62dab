using System.CommandLine;

namespace EdgeVision.Workbench.Tests;

public sealed class NumberOptionTests
{
    private static readonly Option<int> Count = NumberOption.Of("--count", "how many", 1, int.MaxValue, whenAbsent: 5);
    private static readonly Option<double> Share = NumberOption.Of<double>("--share", "how much", 0, 1, whenAbsent: null, "SHARE");

    [Fact]
    public void Parse_WithinBounds_IsTheNumberOrWhatHoldsWhenAbsent()
    {
        var given = new RootCommand { Count, Share }.Parse("--count 7 --share 0.25");
        Assert.Equal((7, 0.25), (given.GetValue(Count), given.GetValue(Share)));
        Assert.Equal(5, new RootCommand { Count, Share }.Parse("--share 1").GetValue(Count));
    }

    [Theory]
    [InlineData("--share 1 --count 0", "--count is 1 or more, not '0'.")]
    [InlineData("--share 1 --count many", "--count is 1 or more, not 'many'.")]
    [InlineData("--share 1 --count 1.5", "--count is 1 or more, not '1.5'.")]
    [InlineData("--share 1 --count 99999999999", "--count is 1 or more, not '99999999999'.")]
    [InlineData("--share 1.5", "--share is 0 to 1, not '1.5'.")]
    [InlineData("--share NaN", "--share is 0 to 1, not 'NaN'.")]
    [InlineData("--count 1", "Option '--share' is required.")]
    public void Parse_AnythingElse_SaysWhatIsAllowed(string line, string error) =>
        Assert.Equal([error], new RootCommand { Count, Share }.Parse(line).Errors.Select(each => each.Message));
}
