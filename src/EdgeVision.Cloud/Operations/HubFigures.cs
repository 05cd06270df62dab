using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Operations;

/// <summary>How the hub is at a moment.</summary>
/// <param name="Connections">Devices connected to this process.</param>
/// <param name="Waiting">Messages that wait for their commit.</param>
/// <param name="Streams">Readers of the telemetry stream.</param>
/// <param name="Devices">In the registry.</param>
/// <param name="Enabled">Of those.</param>
/// <param name="DatabaseBytes">On disk.</param>
/// <param name="Newest">Sequence of the newest message.</param>
/// <param name="Destinations">Where telemetry goes.</param>
internal sealed record HubFigures(int Connections, int Waiting, int Streams, long Devices, long Enabled, long DatabaseBytes, long Newest, IReadOnlyList<Destination> Destinations);
