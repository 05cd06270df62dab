namespace EdgeVision.Compression;

/// <summary>How much a channel is thought to matter.</summary>
public enum Importance
{
    /// <summary>Sum of the magnitudes of its weights (Li et al., 1608.08710).</summary>
    L1,

    /// <summary>Length of the vector of its weights.</summary>
    L2,

    /// <summary>Magnitude of its scale in batch normalisations (Network Slimming, 1708.06519), so the network must still have them; L1 where it has none.</summary>
    BatchNormScale,
}
