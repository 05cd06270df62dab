using EdgeVision.Capture;

namespace EdgeVision.Trainer;

/// <summary>Which pictures of synthetic intersections are wanted.</summary>
internal sealed record IntersectionOptions
{
    /// <summary>1 to 1,000,000.</summary>
    public required int Pictures { get; init; }

    /// <summary>Every scene's seed follows from it. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Default auto: each scene has its own hour.</summary>
    public SceneLight Light { get; init; } = SceneLight.Auto;

    /// <summary>Default auto: it rains in every third scene.</summary>
    public SceneWeather Weather { get; init; } = SceneWeather.Auto;

    /// <summary>Pixels. Default 640, 64 to 1920.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Pixels. Default 360, 64 to 1080.</summary>
    public int Height { get; init; } = 360;

    /// <summary>Pixels of a box's longer side below which nobody has to be found. Default 8.</summary>
    public int Least { get; init; } = 8;

    /// <summary>Default all of the machine's.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
