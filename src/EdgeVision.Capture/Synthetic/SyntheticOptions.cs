namespace EdgeVision.Capture;

/// <summary>Which intersection is rendered, and how; <c>synthetic://intersection?seed=7&amp;light=night</c>.</summary>
/// <remarks>Equal options and an equal frame number are equal bytes, on every machine.</remarks>
public sealed record SyntheticOptions
{
    /// <summary>Of layout, camera, textures and traffic. Default 1, 0 to 2^53.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Frames a second. Default 15, 1 to 120.</summary>
    public double Rate { get; init; } = 15;

    /// <summary>Pixels. Default 640, 64 to 1920.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Pixels. Default 360, 64 to 1080.</summary>
    public int Height { get; init; } = 360;

    /// <summary>How many come, 1 as on a usual day. Default 1, 0 to 3.</summary>
    public double Traffic { get; init; } = 1;

    /// <summary>Default day.</summary>
    public SceneLight Light { get; init; } = SceneLight.Day;

    /// <summary>Default clear.</summary>
    public SceneWeather Weather { get; init; } = SceneWeather.Clear;

    /// <summary>How far the picture shakes, whole pixels to each side. Default 0, 0 to 20.</summary>
    public int Shake { get; init; }

    /// <summary>The source ends after so many; null = never. 1 to 2^53.</summary>
    public long? Frames { get; init; }
}
