namespace EdgeVision.Capture;

/// <summary>One road user at the moment of a frame.</summary>
/// <param name="Gone">Metres on its route.</param>
internal readonly record struct ScenePose(RoadUser User, Placement At, double Gone, SceneCrossing Crossing, int CrossedArm);
