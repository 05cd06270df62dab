using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>The truth about one road user in one synthetic frame.</summary>
/// <param name="Class">Who it is; a bicycle's box holds its rider.</param>
/// <param name="TrackId">From 1, never used again in the scene.</param>
/// <param name="Box">The visible parts, pixels, to half a pixel; empty where nothing is visible.</param>
/// <param name="VisibleShare">Visible area by whole area, 0 to 1: what others, houses and trees hide and what lies outside the picture is not visible.</param>
/// <param name="Approach">The arm it came by, an index of <see cref="SyntheticIntersection.Arms"/>.</param>
/// <param name="Exit">The arm it leaves by: with <see cref="Approach"/> its movement.</param>
/// <param name="Crossing">What it crossed since the frame before; at most one thing.</param>
/// <param name="CrossedArm">The arm whose line or crosswalk that was; -1 for none.</param>
public readonly record struct SceneObject(SceneClass Class, int TrackId, BoundingBox Box, float VisibleShare, int Approach, int Exit, SceneCrossing Crossing, int CrossedArm);
