namespace EdgeVision.Trainer;

/// <summary>What a picture is used for.</summary>
internal enum DataSplit
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose by: the best epoch, thresholds, recipes.</summary>
    Validation,

    /// <summary>To say how good it is, once.</summary>
    Test,
}
