using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

/// <summary>A new version's time against that of the version in service.</summary>
public sealed class ExamComparisonTests
{
    [Fact]
    public void Median_OnePairOnABusyMachine_DoesNotMoveIt()
    {
        // 25/17, 27/18, 44/40
        double[] pairs = [25.0 / 17, 27.0 / 18, 44.0 / 40];
        var sorted = new ExamSamples(WarmUp: 0, Fewest: 3, Most: 3, TimeSpan.Zero).Take(run => pairs[run], TimeProvider.System);

        Assert.Equal(1.471, ExamSamples.Quantile(sorted, 0.5), 3);
    }

    [Theory]
    [InlineData(1.3, null, UpdateCode.None)]
    [InlineData(1.31, null, UpdateCode.Latency)]
    [InlineData(1.31, 50.0, UpdateCode.None)]
    [InlineData(1.0, 39.0, UpdateCode.Latency)]
    public void Judge_TimesAsLong_CountsOnlyWithoutABudget(double timesAsLong, double? budget, UpdateCode expected)
    {
        var report = new ExamReport(UpdateCode.None, "") { LatencyMsP99 = 40, TimesAsLong = timesAsLong };

        var judged = ExamBudgets.Judge(report, new ManifestGates { LatencyMsP99 = budget });

        Assert.Equal(expected, judged.Code);
    }
}
