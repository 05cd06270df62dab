using System.Text.Json;
using EdgeVision.Hub;
using EdgeVision.Inference;

namespace EdgeVision.Agent.Tests;

public sealed class TelemetryReporterTests : IDisposable
{
    private readonly List<TelemetryMessage> _sent = [];
    private readonly FakeModel _first = new("first");
    private readonly FakeModel _second = new("second");
    private readonly TelemetryReporter _reporter;
    private readonly AgentFrames _frames = new();

    public TelemetryReporterTests()
    {
        var stamp = new MessageStamp("cam-1", () => _first.Identity, () => "sha256:c0ffee", new ClockQuality(TimeProvider.System), TimeProvider.System);
        _reporter = new TelemetryReporter(stamp, _sent.Add, TimeProvider.System);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Observe_AnotherModel_EndsTheIntervalSoThatNoMessageMixesTwo()
    {
        Observe(_first);
        Observe(_second);
        _reporter.Flush();

        var bodies = _sent.Select(message => JsonDocument.Parse(message.Body).RootElement).ToList();
        Assert.Equal(["interval first", "event first", "interval second"], bodies.Select(body => $"{body.GetProperty("type").GetString()} {body.GetProperty("model").GetProperty("name").GetString()}"));
        Assert.Equal([0, 1, 2], bodies.Select(body => body.GetProperty("sequence").GetInt64()));
        Assert.All(bodies, body => Assert.Equal(("cam-1", "sha256:c0ffee"), (body.GetProperty("device").GetString(), body.GetProperty("configHash").GetString())));
        Assert.Equal($"{bodies[0].GetProperty("bootId").GetString()}-0", _sent[0].Id);
    }

    [Fact]
    public void Observe_SteadyState_AllocatesNothing()
    {
        var result = new VisionResult();
        using var frame = _frames.Next();
        _first.Infer(frame, result);
        _reporter.Observe(frame, _first, result);

        Assert.Equal(0, Allocated.Bytes(200, () => _reporter.Observe(frame, _first, result)));
    }

    [Fact]
    public void Outbox_DropReceipt_RidesOnAMessageThatNeverMakesRoom()
    {
        var receipt = new DropReceipt(7, DropCause.Disk, TelemetryPriority.Interval, 12, 100, 140, 1_000, 61_000);
        _reporter.Outbox(new OutboxNotice("outbox.dropped", "Disk", "12 messages") { Receipt = receipt });
        _reporter.Outbox(new OutboxNotice("storage.degraded", "Full", "the disk is full"));

        var dropped = JsonDocument.Parse(_sent[0].Body).RootElement;
        Assert.Equal((TelemetryPriority.Receipt, 7L, null), (_sent[0].Priority, _sent[0].Receipt, _sent[0].TimeToLive));
        Assert.Equal(
            """{"receipt":7,"priority":"Interval","count":12,"first":100,"last":140,"from":"1970-01-01T00:00:01+00:00","to":"1970-01-01T00:01:01+00:00"}""", dropped.GetProperty("dropped").GetRawText());
        Assert.Empty(new DeviceModel().Telemetry(dropped));
        Assert.Equal((TelemetryPriority.Event, 0L), (_sent[1].Priority, _sent[1].Receipt));
        Assert.Equal("Full", JsonDocument.Parse(_sent[1].Body).RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public void Flush_Interval_IsWorthADayAndAnEventForEver()
    {
        Observe(_first);
        _reporter.Flush();
        _reporter.Event("camera.lost");

        Assert.Equal([TimeSpan.FromHours(24), null], _sent.Select(message => message.TimeToLive));
        Assert.All(_sent, message => Assert.Equal(JsonDocument.Parse(message.Body).RootElement.GetProperty("clock").GetString(), message.Clock));
    }

    [Fact]
    public void Histogram_KnownTimes_QuantilesAreRightToWithinFivePercent()
    {
        var histogram = new LatencyHistogram();
        for (var i = 0; i < 98; i++)
        {
            histogram.Add(10);
        }

        histogram.Add(100);
        histogram.Add(100);

        Assert.InRange(histogram.Quantile(0.5), 9.5, 10.5);
        Assert.InRange(histogram.Quantile(0.99), 95, 105);
        histogram.Clear();
        Assert.Equal(0, histogram.Quantile(0.5));
    }

    private void Observe(FakeModel model)
    {
        var result = new VisionResult();
        using var frame = _frames.Next();
        model.Infer(frame, result);
        _reporter.Observe(frame, model, result);
    }
}
