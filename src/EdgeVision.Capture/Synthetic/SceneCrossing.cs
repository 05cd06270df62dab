namespace EdgeVision.Capture;

/// <summary>What a road user's ground point did since the frame before.</summary>
public enum SceneCrossing
{
    None,

    /// <summary>Passed the line of its approach, towards the middle.</summary>
    Entered,

    /// <summary>Passed the line of its exit, away from the middle.</summary>
    Left,

    /// <summary>Reached the other side of a road on a crosswalk.</summary>
    Walked,
}
