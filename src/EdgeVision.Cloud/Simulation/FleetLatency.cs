namespace EdgeVision.Cloud.Simulation;

/// <summary>Milliseconds from a message being said to its PUBACK; 0 where there was none.</summary>
internal sealed record FleetLatency(double P50, double P95, double P99, double Max);
