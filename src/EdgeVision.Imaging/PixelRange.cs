namespace EdgeVision.Imaging;

/// <summary>Neighbouring pixels of one row.</summary>
internal readonly record struct PixelRange(int First, int Count);
