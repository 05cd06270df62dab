namespace EdgeVision.Trainer;

/// <summary>What a finding means for whoever trains.</summary>
internal enum FindingGravity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>The result will be worse than it could be.</summary>
    Warning,

    /// <summary>The figures would be no good, however well the training goes.</summary>
    Dishonest,
}
