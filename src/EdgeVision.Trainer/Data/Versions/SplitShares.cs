namespace EdgeVision.Trainer;

/// <summary>How a set is divided.</summary>
/// <param name="Validation">Share of the pictures, 0 to 0.9.</param>
/// <param name="Test">Share of the pictures, 0 to 0.9.</param>
internal sealed record SplitShares(double Validation, double Test)
{
    public static readonly SplitShares Default = new(0.15, 0.15);

    public double Of(DataSplit split) => split switch { DataSplit.Validation => Validation, DataSplit.Test => Test, _ => 1 - Validation - Test };

    /// <summary>Without a part for splits that have sets of their own.</summary>
    public SplitShares Without(IReadOnlyCollection<DataSplit> given) => new(given.Contains(DataSplit.Validation) ? 0 : Validation, given.Contains(DataSplit.Test) ? 0 : Test);

    /// <exception cref="TrainerException">Not shares, or nothing is left to learn from.</exception>
    public SplitShares Checked() => Validation >= 0 && Test >= 0 && Validation + Test <= 0.9 ? this
        : throw new TrainerException(FormattableString.Invariant($"--validation-share {Validation} and --test-share {Test} leave too little to learn from. Each is 0 or more, together at most 0.9."));
}
