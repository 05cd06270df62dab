using System.Diagnostics.CodeAnalysis;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary>What stands on every message, so that a result can be traced and a message sent twice is known as one.</summary>
/// <remarks>Documented for readers of the cloud side in <c>docs/telemetry.md</c>.</remarks>
internal record MessageHeader
{
    /// <summary><c>interval</c> or <c>event</c>.</summary>
    public required string Type { get; init; }

    public required string Device { get; init; }

    /// <summary>New at every start of the daemon; (device, bootId, sequence) names a message for ever.</summary>
    public required string BootId { get; init; }

    /// <summary>From 0, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the message was made, UTC by the device's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary><c>synced</c>, <c>unsynced</c> or <c>stepped</c>: whether <see cref="Time"/> can be trusted.</summary>
    public required string Clock { get; init; }

    /// <summary>Seconds since the daemon's start by the monotonic clock, which no step touches.</summary>
    public required double Uptime { get; init; }

    public required ModelFigures Model { get; init; }

    public required string ConfigHash { get; init; }
}

/// <param name="Digest"><c>sha256:</c> and 64 hex digits of the package's manifest.</param>
internal sealed record ModelFigures(string Name, string Version, string Digest);

/// <summary>One interval of one model, all cameras.</summary>
internal sealed record IntervalMessage : MessageHeader
{
    [SetsRequiredMembers]
    public IntervalMessage(MessageHeader header, double seconds, IReadOnlyList<CameraInterval> cameras)
        : base(header) => (Seconds, Cameras) = (seconds, cameras);

    /// <summary>Length of the interval; shorter where a new model took over.</summary>
    public double Seconds { get; }

    public IReadOnlyList<CameraInterval> Cameras { get; }
}

/// <param name="State"><c>Streaming</c>, <c>Opening</c>, <c>Waiting</c> or <c>Ended</c>.</param>
/// <param name="Failure">Why it gives no frame; <c>None</c> while it does.</param>
/// <param name="Fps">Frames looked at per second.</param>
/// <param name="LatencyMs">From a frame's arrival to its result.</param>
/// <param name="InferenceMs">The model alone, with picture to tensor and decoding.</param>
/// <param name="Regions">What stood in each region; region and class in one list, because the model of the device (DTDL) nests five deep at most.</param>
internal sealed record CameraInterval(
    string Id, string State, string Failure, FrameCounts Frames, double Fps, Quantiles LatencyMs, Quantiles InferenceMs, IReadOnlyList<ClassFigures> Classes,
    IReadOnlyList<RegionClassFigures> Regions);

/// <param name="Dropped">Not looked at because a newer one was there or memory was not.</param>
/// <param name="Failed">Looked at in vain.</param>
internal sealed record FrameCounts(int Processed, long Dropped, int Failed);

internal sealed record Quantiles(double P50, double P95, double P99)
{
    public static Quantiles None { get; } = new(0, 0, 0);
}

/// <param name="Detections">Boxes of this class over all frames of the interval; for a classifier frames in which it was the surest.</param>
/// <param name="MaxConfidence">0 to 1.</param>
internal sealed record ClassFigures(int ClassId, string Label, long Detections, double MaxConfidence);

/// <param name="Id">The region's name.</param>
/// <param name="Detections">Boxes of this class, over all frames of the interval, whose lower edge has its middle in the region.</param>
internal sealed record RegionClassFigures(string Id, int ClassId, string Label, long Detections);

/// <summary>Something happened.</summary>
internal sealed record EventMessage : MessageHeader
{
    [SetsRequiredMembers]
    public EventMessage(MessageHeader header, string name)
        : base(header) => Event = name;

    /// <summary>For example <c>camera.lost</c>, <c>camera.streaming</c>, <c>model.active</c>, <c>daemon.started</c>.</summary>
    public string Event { get; }

    /// <summary>The camera it is about, if any.</summary>
    public string? Camera { get; init; }

    /// <summary>A word for machines, as in <c>Stalled</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>A line for people, without credentials.</summary>
    public string? Detail { get; init; }

    /// <summary>Of <c>outbox.dropped</c>: what had to make room.</summary>
    public DroppedFigures? Dropped { get; init; }
}

/// <summary>A drop receipt (see <see cref="DropReceipt"/>).</summary>
/// <param name="First">Lowest of the property <c>seq</c>.</param>
/// <param name="From">When the first was made, by the device's clock then.</param>
internal sealed record DroppedFigures(long Receipt, string Priority, long Count, long First, long Last, DateTimeOffset From, DateTimeOffset To)
{
    public static DroppedFigures? Of(DropReceipt? receipt) => receipt is null ? null : new(
        receipt.Number, receipt.Priority.ToString(), receipt.Count, receipt.First, receipt.Last,
        DateTimeOffset.FromUnixTimeMilliseconds(receipt.From), DateTimeOffset.FromUnixTimeMilliseconds(receipt.To));
}
