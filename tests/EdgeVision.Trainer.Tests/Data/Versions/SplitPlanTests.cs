namespace EdgeVision.Trainer.Tests;

public sealed class SplitPlanTests
{
    [Fact]
    public void Divide_TenAlone_AreSixTwoAndTwo()
    {
        var plan = SplitPlan.Divide([.. Enumerable.Range(0, 10)], new int[10], new SplitShares(0.2, 0.2), seed: 1);

        Assert.Equal([6, 2, 2], Enum.GetValues<DataSplit>().Select(split => plan.Count(each => each == split)));
    }

    [Fact]
    public void Divide_TwoClasses_KeepsTheSharesOfEach()
    {
        int[] classes = [.. Enumerable.Range(0, 1100).Select(i => i < 1000 ? 0 : 1)];

        var plan = SplitPlan.Divide([.. Enumerable.Range(0, 1100)], classes, SplitShares.Default, seed: 3);

        Assert.Equal([70, 15, 15], Enum.GetValues<DataSplit>().Select(split => Enumerable.Range(1000, 100).Count(i => plan[i] == split)));
        Assert.NotEqual(plan, SplitPlan.Divide([.. Enumerable.Range(0, 1100)], classes, SplitShares.Default, seed: 4));
    }

    [Fact]
    public void Divide_Groups_AreNeverTornApart()
    {
        // 100 pictures in groups of 1 to 10.
        int[] groups = [.. Enumerable.Range(0, 100).Select(i => i < 55 ? (int)((Math.Sqrt(8 * i + 1) - 1) / 2) : i)];

        var plan = SplitPlan.Divide(groups, new int[100], new SplitShares(0.2, 0.2), seed: 5);

        Assert.All(Enumerable.Range(0, 100).GroupBy(i => groups[i]), group => Assert.Single(group.Select(i => plan[i]).Distinct()));
        Assert.Equal([60, 20, 20], Enum.GetValues<DataSplit>().Select(split => plan.Count(each => each == split)));
    }
}
