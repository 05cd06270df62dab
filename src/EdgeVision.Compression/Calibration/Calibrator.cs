using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>Runs a network over samples and keeps what its values were: statistics alone, so that memory does not grow with the samples.</summary>
/// <remarks>
/// In: a network with one input, the names of values within it (its input may be among them), and samples of one shape. Out: <see cref="CalibrationData"/>.
/// Memory: what running the network takes, and <see cref="CalibrationOptions.MemoryBytes"/>, at any number of samples. Where the values hold more than that together, they are watched
/// in groups, and the samples enumerated once for each; only one sample is held at a time. Example: YOLOX-Nano's values of one picture hold some 110 MiB and take eight groups.
/// Any thread; samples are enumerated on the caller's.
/// </remarks>
public static class Calibrator
{
    /// <param name="cleanedNetwork">The ONNX file; not kept.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="values">What to watch.</param>
    /// <param name="samples">Inputs; enumerated more than once, with the same content each time.</param>
    /// <param name="progress">Share of the work that is done, 0 to 1.</param>
    /// <exception cref="CompressionException">No sample, one of another shape, a value the network has not or that holds no finite floats.</exception>
    public static CalibrationData Collect(
        byte[] cleanedNetwork,
        string name,
        IReadOnlyCollection<string> values,
        IEnumerable<NetworkTensor> samples,
        CalibrationOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken stop = default)
    {
        options ??= new CalibrationOptions();
        RequireUsable(options);
        var watched = new WatchedValues(cleanedNetwork, name, values);
        return new CalibrationRun(cleanedNetwork, name, watched, new CalibrationSamples(samples, name), options).Collect(progress, stop);
    }

    private static void RequireUsable(CalibrationOptions options)
    {
        if (options.Bins is < 256 or > 65536 || options.MemoryBytes <= 0)
        {
            throw new CompressionException($"A calibration with {options.Bins} bins in {options.MemoryBytes} bytes cannot be: give 256 to 65536 bins and some memory, 2048 and 48 MiB are usual.");
        }
    }
}
