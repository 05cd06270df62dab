namespace EdgeVision.Onnx;

/// <summary>The arithmetic that exporters do on lengths, on numbers of which some may not be known (null).</summary>
internal static class NumberRules
{
    public static double?[]? Unary(string operation, double?[]? numbers) => operation switch
    {
        "Identity" => numbers,
        "Floor" => Map(numbers, Math.Floor),
        "Ceil" => Map(numbers, Math.Ceiling),
        "Neg" => Map(numbers, number => -number),
        "Abs" => Map(numbers, Math.Abs),
        "Sqrt" => Map(numbers, Math.Sqrt),
        "Not" => Map(numbers, number => number == 0 ? 1 : 0),
        _ => null,
    };

    public static double?[]? Binary(string operation, double?[]? first, double?[]? second, bool areWhole) => operation switch
    {
        "Add" => Zip(first, second, (a, b) => a + b),
        "Sub" => Zip(first, second, (a, b) => a - b),
        "Mul" => Zip(first, second, (a, b) => a * b),
        "Div" => Zip(first, second, (a, b) => b == 0 ? null : areWhole ? Math.Truncate(a / b) : a / b),
        "Max" => Zip(first, second, (a, b) => Math.Max(a, b)),
        "Min" => Zip(first, second, (a, b) => Math.Min(a, b)),
        "Equal" => Zip(first, second, (a, b) => a == b ? 1 : 0),
        "Greater" => Zip(first, second, (a, b) => a > b ? 1 : 0),
        "Less" => Zip(first, second, (a, b) => a < b ? 1 : 0),
        _ => null,
    };

    public static double?[]? Where(double?[]? condition, double?[]? yes, double?[]? no)
    {
        if (condition is null || yes is null || no is null || Count([condition, yes, no]) is not { } count)
        {
            return null;
        }

        return [.. Enumerable.Range(0, count).Select(i => At(condition, i) switch { null => null, 0 => At(no, i), _ => At(yes, i) })];
    }

    public static double?[]? Map(double?[]? numbers, Func<double, double> rule) =>
        numbers is null ? null : Array.ConvertAll(numbers, number => number is { } value ? rule(value) : (double?)null);

    private static double?[]? Zip(double?[]? first, double?[]? second, Func<double, double, double?> rule)
    {
        if (first is null || second is null || Count([first, second]) is not { } count)
        {
            return null;
        }

        return [.. Enumerable.Range(0, count).Select(i => At(first, i) is { } a && At(second, i) is { } b ? rule(a, b) : null)];
    }

    // Vectors of one length, or single numbers that stretch to it.
    private static int? Count(double?[][] inputs)
    {
        var count = inputs.Any(input => input.Length == 0) ? 0 : inputs.Max(input => input.Length);
        return inputs.All(input => input.Length == count || input.Length == 1) ? count : null;
    }

    private static double? At(double?[] numbers, int index) => numbers.Length == 1 ? numbers[0] : numbers[index];
}
