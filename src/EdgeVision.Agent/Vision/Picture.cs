namespace EdgeVision.Agent;

/// <summary>A frame as JPEG.</summary>
/// <param name="Time">The frame's arrival, by the clock on the wall.</param>
internal sealed record Picture(string Camera, int Width, int Height, DateTimeOffset Time, byte[] Jpeg);
