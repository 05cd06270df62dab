namespace EdgeVision.Compression.Tests;

public sealed class ParameterGroupsTests
{
    private static readonly ValueRange _unbounded = new(float.NegativeInfinity, float.PositiveInfinity);

    [Theory]
    [InlineData(4, true)]
    [InlineData(1, false)]
    public void ParameterGroups_SideBySide_ShareWhereNoneLosesMoreThanABit(float other, bool shared)
    {
        var groups = new ParameterGroups();
        groups.Add("joined", new ValueRange(0, 6), _unbounded, matters: true);
        groups.Add("part", new ValueRange(0, other), _unbounded, matters: true);

        groups.ShareIfClose("joined", "part");

        Assert.Equal(new ValueRange(0, shared ? 6 : other), groups.RangeOf("part"));
    }

    [Fact]
    public void ParameterGroups_PartThatOnlyTheConcatReads_SharesWhateverItsRange()
    {
        var groups = new ParameterGroups();
        groups.Add("joined", new ValueRange(0, 6), _unbounded, matters: true);
        groups.Add("part", new ValueRange(0, 0.1f), _unbounded, matters: false);

        groups.ShareIfClose("joined", "part");

        Assert.Equal(groups.Find("joined"), groups.Find("part"));
    }

    [Fact]
    public void ParameterGroups_ReluBesideNumbersBelowZero_KeepsItsOwnRangeSoThatItGoes()
    {
        var groups = new ParameterGroups();
        groups.Add("joined", new ValueRange(-5, 6), _unbounded, matters: true);
        groups.Add("relu", new ValueRange(0, 6), new ValueRange(0, float.PositiveInfinity), matters: false);

        groups.ShareIfClose("joined", "relu");

        Assert.Equal(new ValueRange(0, 6), groups.RangeOf("relu"));
    }
}
