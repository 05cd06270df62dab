namespace EdgeVision.Compression;

/// <summary>The numbers that 8 bits shall stand for. Zero lies within, because padding, ReLU and skipped work are exactly zero.</summary>
/// <remarks>Example: least -1 and greatest 4.1 in unsigned bytes have scale 5.1 / 255 = 0.02 and zero point 50.</remarks>
public readonly record struct ValueRange(float Least, float Greatest);
