namespace EdgeVision.Hub.Tests;

public sealed class BrokerTopicsTests
{
    [Theory]
    [InlineData("edgevision/{device}/telemetry/{type}", null)]
    [InlineData("one-and-only", null)]
    [InlineData("", "wants a topic of 1 to 256 bytes")]
    [InlineData("a/+/b", "no +")]
    [InlineData("a/#", "no #")]
    [InlineData("$SYS/{device}", "no $")]
    [InlineData("a\u0000b", "no control characters")]
    [InlineData("/{device}", "empty level")]
    [InlineData("a//{device}", "empty level")]
    [InlineData("a/", "empty level")]
    [InlineData("a/{camera}", "something else in braces than {device}, {type}")]
    [InlineData("a/{Device}", "something else in braces")]
    [InlineData("a/{device", "something else in braces")]
    public void TelemetryProblem_Template_IsJudged(string template, string? problem)
    {
        if (problem is null)
        {
            Assert.Null(BrokerTopics.TelemetryProblem(template));
        }
        else
        {
            Assert.Contains(problem, BrokerTopics.TelemetryProblem(template), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("site/{device}/do/{method}", true)]
    [InlineData("site/{device}/do", false)]
    [InlineData("site/{method}/{device}", false)]
    [InlineData("{method}", false)]
    [InlineData("a/{method}/{method}", false)]
    [InlineData("a/{method}x", false)]
    public void CommandProblem_Template_MustEndInTheMethod(string template, bool good) => Assert.Equal(good, BrokerTopics.CommandProblem(template) is null);

    [Fact]
    public void Problems_TopicsThatMeetOrAreWrong_AreNamed()
    {
        var topics = new BrokerTopics { Device = "cam-1" };
        Assert.Empty(topics.Problems());

        Assert.Contains("state_topic and desired_topic", Assert.Single((topics with { State = "a/{device}", Desired = "a/cam-1" }).Problems()), StringComparison.Ordinal);
        Assert.Contains("status_topic", Assert.Single((topics with { Status = "edgevision/{device}/command/status" }).Problems()), StringComparison.Ordinal);
        Assert.Contains("command_topic", Assert.Single((topics with { Command = "x" }).Problems()), StringComparison.Ordinal);
        Assert.Contains("device.id", Assert.Single((topics with { Device = "a/b" }).Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("edgevision/cam-1/command/ping", "ping")]
    [InlineData("edgevision/cam-1/command/ping/response", null)]
    [InlineData("edgevision/cam-1/command/", null)]
    [InlineData("edgevision/cam-10/command/ping", null)]
    [InlineData("edgevision/cam-1/desired", null)]
    public void MethodOf_Topic_IsItsLastLevel(string topic, string? method) => Assert.Equal(method, new BrokerTopics { Device = "cam-1" }.MethodOf(topic));
}
