using System.Globalization;

namespace EdgeVision.Compression;

/// <summary>One way to 8 bits: how ranges are chosen, whether weights are equalized, whether biases are corrected.</summary>
internal sealed record QuantizationRecipe(RangeRule Range, bool IsEqualized = false, bool CorrectsBias = false)
{
    /// <summary>Everything that is tried.</summary>
    public static IReadOnlyList<RangeRule> Rules { get; } =
    [
        new RangeRule { Method = CalibrationMethod.MinMax },
        new RangeRule { Method = CalibrationMethod.Percentile, Percentile = 99.99 },
        new RangeRule { Method = CalibrationMethod.Percentile, Percentile = 99.999 },
        new RangeRule { Method = CalibrationMethod.MeanSquaredError },
        new RangeRule { Method = CalibrationMethod.SwishSquaredError },
        new RangeRule { Method = CalibrationMethod.Entropy },
        new RangeRule { Method = CalibrationMethod.MovingAverage },
    ];

    /// <summary>As in <c>percentile 99.99, equalized, bias corrected</c>.</summary>
    public string Name => Word + (IsEqualized ? ", equalized" : "") + (CorrectsBias ? ", bias corrected" : "");

    private string Word => Range.Method switch
    {
        CalibrationMethod.MinMax => "min-max",
        CalibrationMethod.MovingAverage => "moving average",
        CalibrationMethod.Percentile => "percentile " + Range.Percentile.ToString(CultureInfo.InvariantCulture),
        CalibrationMethod.Entropy => "entropy",
        CalibrationMethod.SwishSquaredError => "squared error behind swish",
        _ => "mean squared error",
    };
}
