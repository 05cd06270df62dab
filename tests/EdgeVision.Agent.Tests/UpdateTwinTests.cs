using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

public sealed class UpdateTwinTests
{
    private static readonly WishAnswer Accepted = WishAnswer.Accepted(17);

    [Fact]
    public void Of_GatesSoFar_AreSummedUpInFewWords()
    {
        var report = new UpdateReport
        {
            State = UpdateState.AwaitingDecision, Code = UpdateCode.Shadow,
            Gate = new JsonObject
            {
                ["golden"] = JsonNode.Parse("""{"chosen":"int8","variants":[{"variant":"fp32","p99":80.5},{"variant":"int8","p99":41}]}"""),
                ["shadow"] = JsonNode.Parse("""{"agreement":0.61,"frames":500}"""),
            },
        };

        var twin = UpdateTwin.Of(report, Accepted);

        Assert.Equal("""{"golden":"pass","p99":41,"shadow":"hold","agreement":0.61}""", twin["gate"]!.ToJsonString());
        Assert.Equal("""{"agreement":0.61,"frames":500}""", (string?)twin["evidence"]);
    }

    [Theory]
    [InlineData(UpdateCode.Golden, "fail")]
    [InlineData(UpdateCode.Drift, "fail")]
    [InlineData(UpdateCode.None, "pass")]
    [InlineData(UpdateCode.Cancelled, "pass")] // the gate had nothing against it
    public void Of_EndedInAGate_SaysWhetherTheGateFailed(UpdateCode code, string verdict)
    {
        var report = new UpdateReport { State = UpdateState.Failed, Code = code, Gate = new JsonObject { ["golden"] = new JsonObject { ["frames"] = 32 } } };

        Assert.Equal(verdict, (string?)UpdateTwin.Of(report, Accepted)["gate"]!["golden"]);
    }

    [Fact]
    public void Of_LongReasonAndEvidence_FitsFourKilobytes()
    {
        var report = new UpdateReport
        {
            DeploymentId = new string('d', 128), Reason = new string('é', 5000), AuditHead = "sha256:" + new string('a', 64), ActiveDigest = "sha256:" + new string('b', 64),
            Gate = new JsonObject { ["probation"] = new JsonObject { ["what"] = new string('x', 2000) } },
        };

        var twin = UpdateTwin.Of(report, new WishAnswer(400, 1, new string('y', 3000)));

        Assert.InRange(Encoding.UTF8.GetByteCount(twin.ToJsonString()), 1000, 4096);
        Assert.Equal("pass", (string?)twin["gate"]!["probation"]);
    }

    [Fact]
    public void IsProgressOnly_OnlyTheProgressMoved_IsTrue()
    {
        var report = new UpdateReport { State = UpdateState.Downloading, Progress = 10 };

        Assert.True(UpdateTwin.IsProgressOnly(report, report with { Progress = 20 }));
        Assert.False(UpdateTwin.IsProgressOnly(report, report with { Progress = 100, State = UpdateState.Verified }));
        Assert.False(UpdateTwin.IsProgressOnly(report, report));
    }

    [Fact]
    public void For_EveryCode_ThereIsAdviceAndARowInTheDocument()
    {
        var document = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "remote.md"));
        foreach (var code in Enum.GetValues<UpdateCode>().Where(code => code != UpdateCode.None))
        {
            Assert.False(UpdateAdvice.For(code).StartsWith("Look ", StringComparison.Ordinal) && UpdateAdvice.For(code).Contains("up in docs", StringComparison.Ordinal), $"{code} has no advice");
            Assert.Contains($"\n| {(int)code} | ", document, StringComparison.Ordinal);
        }
    }
}
