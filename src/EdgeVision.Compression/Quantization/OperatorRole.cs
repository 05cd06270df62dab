namespace EdgeVision.Compression;

/// <summary>What an operator can do with 8 bits.</summary>
internal enum OperatorRole
{
    /// <summary>Nothing: it computes in floats.</summary>
    Float,

    /// <summary>Multiplies with constant weights: what 8 bits are for.</summary>
    Weighted,

    /// <summary>Computes new numbers by an integer kernel.</summary>
    Computing,

    /// <summary>Gives numbers it was given: they keep their scale.</summary>
    Passing,

    /// <summary>Puts numbers of several values side by side.</summary>
    Joining,
}
