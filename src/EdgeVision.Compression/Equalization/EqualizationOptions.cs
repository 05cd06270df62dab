namespace EdgeVision.Compression;

/// <summary>How far <see cref="CrossLayerEqualization"/> goes.</summary>
public sealed record EqualizationOptions
{
    /// <summary>How often all pairs are gone through at most. Default 20; 1 or more.</summary>
    public int MaxRounds { get; init; } = 20;

    /// <summary>A round that changes every channel by less than this part is the last. Default 1e-3.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>
    /// Clip from 0 upwards (ReLU6) becomes Relu where that joins two layers. Default false, because it changes what the network computes: measure it afterwards.
    /// </summary>
    public bool ReplaceClip { get; init; }

    /// <summary>Shapes of inputs that the network leaves open, for the check on random inputs. Default: an open batch is 1, any other open length 64.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> InputShapes { get; init; } = new Dictionary<string, IReadOnlyList<long>>();
}
