namespace EdgeVision.Compression;

/// <summary>How a range is chosen from what was seen of a value. The names are those of ONNX Runtime's calibrators and NNCF.</summary>
public enum CalibrationMethod
{
    /// <summary>Everything that was ever seen. Clips nothing, and the default, because clipping can only lose on a healthy network.</summary>
    MinMax,

    /// <summary>Moving average of each sample's least and greatest number, momentum 0.01: a single odd picture counts little.</summary>
    MovingAverage,

    /// <summary>All but a small share at both ends.</summary>
    Percentile,

    /// <summary>The range whose 8-bit histogram tells least apart from the full one (Kullback-Leibler divergence).</summary>
    Entropy,

    /// <summary>The range with the least expected squared error of quantisation, clipping included.</summary>
    MeanSquaredError,

    /// <summary>As <see cref="MeanSquaredError"/>, but before x · sigmoid(x) the error behind it counts: what is far below zero may be clipped, because nothing of it is left there.</summary>
    SwishSquaredError,
}
