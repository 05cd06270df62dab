namespace EdgeVision.Capture;

/// <summary>The weather of a synthetic scene.</summary>
public enum SceneWeather
{
    Clear,
    Rain,

    /// <summary>Rain in one scene of three, by its seed.</summary>
    Auto,
}
