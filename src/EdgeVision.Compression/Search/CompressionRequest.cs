namespace EdgeVision.Compression;

/// <summary>What <see cref="ModelCompressor"/> is asked to do.</summary>
public sealed record CompressionRequest
{
    /// <summary>Folder of the package with the float network.</summary>
    public required string Model { get; init; }

    /// <summary>Pictures like those of the camera, without truth: a folder, a text file with one path a line, or any data set.</summary>
    public required string Calibration { get; init; }

    /// <summary>Data set with truth; other pictures than those of the calibration.</summary>
    public required string Evaluation { get; init; }

    /// <summary>Where the evaluation pictures lie and what its classes are called, where the data set does not say.</summary>
    public DatasetOptions EvaluationNames { get; init; } = new();

    /// <summary>Folder of the package to write; it must not exist, or hold a package of an earlier run.</summary>
    public required string Output { get; init; }

    /// <summary>The same network as it learnt for 8 bits, an ONNX file with the tensors of the float one: a variant like those that are made here. Null = there is none.</summary>
    public string? Trained { get; init; }

    public CompressionTarget Target { get; init; } = CompressionTarget.Auto;

    public CompressionObjective Objective { get; init; } = CompressionObjective.Fastest;

    /// <summary>Most that the metric may lose, in points of a hundred. Default 0.5.</summary>
    public double MaxDrop { get; init; } = 0.5;

    /// <summary>Calibration pictures, evenly chosen of all. Default 200.</summary>
    public int CalibrationLimit { get; init; } = 200;

    /// <summary>Evaluation pictures, evenly chosen of all; null = all.</summary>
    public int? EvaluationLimit { get; init; }

    /// <summary>Threads of the second latency column; the first is always one thread. Default: what the processor has.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Leave out what takes longest and mostly brings little: equalization, bias correction, the figures of each layer. Default false.</summary>
    public bool Quick { get; init; }

    /// <summary>Take nothing from an earlier run.</summary>
    public bool Fresh { get; init; }

    /// <summary>Version of the new package; null = the model's.</summary>
    public string? Version { get; init; }

    /// <summary>Counter of the new package; null = one above the model's.</summary>
    public long? Counter { get; init; }
}
