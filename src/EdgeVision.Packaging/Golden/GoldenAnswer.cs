namespace EdgeVision.Packaging;

/// <summary>One expected box, or one expected class (its box is 0).</summary>
/// <param name="ClassId">Into the package's labels.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="X1">Picture pixels, as are the others.</param>
public readonly record struct GoldenAnswer(int ClassId, float Confidence, float X1 = 0, float Y1 = 0, float X2 = 0, float Y2 = 0);
