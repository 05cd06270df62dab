namespace EdgeVision.Capture;

/// <summary>The hour of a synthetic scene.</summary>
public enum SceneLight
{
    Day,
    Night,

    /// <summary>Day, dusk, night and dawn in turn, a whole day in twenty minutes, from an hour that the seed picks.</summary>
    Auto,
}
