namespace EdgeVision.Capture;

/// <summary>One road of the intersection, as the camera at rest sees it.</summary>
/// <param name="Line">The stop line across the whole road, pixels, x1, y1, x2, y2; both ends may lie outside the picture. Null where the camera does not see it.</param>
public sealed record SceneArm(int Index, (float X1, float Y1, float X2, float Y2)? Line);
