namespace EdgeVision.Compression;

/// <summary>What a slice of a constant does for its channel.</summary>
public enum BindingRole
{
    /// <summary>A weight that gives the channel: a row of a convolution's output channels.</summary>
    Gives,

    /// <summary>A weight that reads the channel: a column of a convolution's input channels.</summary>
    Reads,

    /// <summary>A number for each channel: bias, slope, mean, spread, what is added.</summary>
    Accompanies,

    /// <summary>The scale of a batch normalisation.</summary>
    Scales,
}
