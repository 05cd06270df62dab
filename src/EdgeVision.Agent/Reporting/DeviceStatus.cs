namespace EdgeVision.Agent;

/// <summary>The device as it is now: the page, the method <c>status</c> and the metrics show this.</summary>
internal sealed record DeviceStatus(
    string Device,
    string Version,
    string BootId,
    double Uptime,
    string Clock,
    string ConfigHash,
    ModelFigures Model,
    PlacementFigures Placement,
    HubFigures? Hub,
    UpdateFigures Update,
    IReadOnlyList<CameraStatus> Cameras,
    double? RssMiB);

/// <summary>Where the network's nodes run.</summary>
internal sealed record PlacementFigures(string Provider, IReadOnlyDictionary<string, int> NodesByProvider, string Precision, bool Degraded);

/// <summary>Null in the status where no hub is configured.</summary>
internal sealed record HubFigures(string State, string Failure, string Detail, long Connects, long Sent, int Waiting, long Dropped)
{
    /// <summary>How the hub is connected to: Mqtt or WebSocket.</summary>
    public string Transport { get; init; } = "";

    /// <summary>Until the device's certificate ends; null where none is used.</summary>
    public int? CertificateDaysLeft { get; init; }
}

internal sealed record UpdateFigures(string State, string DeploymentId, int Progress, int Code, string Reason);

/// <param name="Read">Frames the camera gave since the start: those looked at, dropped, failed, and the few on their way.</param>
/// <param name="Processed">Frames looked at.</param>
/// <param name="Dropped">Frames that made room for newer ones.</param>
/// <param name="Skipped">Frames for which no memory was free.</param>
internal sealed record CameraStatus(
    string Id, string State, string Failure, string Detail, int Width, int Height, long Read, long Processed, long Dropped, long Skipped, long Failed, long DecodeErrors, long Reopens,
    Quantiles LatencyMs, Quantiles InferenceMs);
