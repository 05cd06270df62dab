using EdgeVision.Compression;
using EdgeVision.Packaging;

namespace EdgeVision.Trainer;

/// <summary>What <see cref="ReleaseRun"/> is asked to do.</summary>
internal sealed record ReleaseRequest
{
    /// <summary>Folder of a run that is done.</summary>
    public required string Run { get; init; }

    /// <summary>The model's: a-z 0-9 . _ -</summary>
    public required string Name { get; init; }

    /// <summary>Null = 1.0.0, or that of the repository's last or of the one in service with its last number one higher.</summary>
    public string? Version { get; init; }

    /// <summary>Folder of the package.</summary>
    public required string Output { get; init; }

    /// <summary>Folder of the signed repository; made with development keys where there is none. Null = the package is not published.</summary>
    public string? Repository { get; init; }

    /// <summary>Folder of private keys; null = that of the repository's name with .keys.</summary>
    public string? Keys { get; init; }

    /// <summary>Package in service, which the new one must not be worse than.</summary>
    public string? Against { get; init; }

    /// <summary>Most that may be lost by being made small, and against the one in service, in points of a hundred. Default 0.5.</summary>
    public double MaxDrop { get; init; } = 0.5;

    /// <summary>Least that the metric must be on the test pictures, 0 to 1. Default 0.</summary>
    public double AtLeast { get; init; }

    /// <summary>What the device asks of it.</summary>
    public ManifestGates Gates { get; init; } = new();

    /// <summary>What it is made small for. Default: for everything.</summary>
    public CompressionTarget Target { get; init; } = CompressionTarget.Auto;

    /// <summary>Leave out what takes compression longest and mostly brings little.</summary>
    public bool Quick { get; init; }
}
