namespace EdgeVision.Trainer;

/// <summary>An object in a picture: class, and sides in pixels of the stored picture (xyxy).</summary>
/// <param name="Ignored">A crowd, or too difficult: neither learned nor counted.</param>
internal sealed record VersionBox(int Class, float X1, float Y1, float X2, float Y2, bool Ignored = false);
