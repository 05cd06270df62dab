namespace EdgeVision.Compression;

/// <summary>Power of numbers, and of what others differ from them.</summary>
/// <remarks>Example: 3 and 4 expected, 3 and 5 given: signal 25, noise 1.</remarks>
internal readonly record struct SignalAndNoise(double Signal, double Noise)
{
    public static SignalAndNoise Of(ReadOnlySpan<float> expected, ReadOnlySpan<float> given)
    {
        var (signal, noise) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            var error = (double)given[i] - expected[i];
            signal += (double)expected[i] * expected[i];
            noise += error * error;
        }

        return new SignalAndNoise(signal, noise);
    }

    public static SignalAndNoise operator +(SignalAndNoise a, SignalAndNoise b) => new(a.Signal + b.Signal, a.Noise + b.Noise);
}
