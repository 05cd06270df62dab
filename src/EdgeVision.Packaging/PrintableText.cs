namespace EdgeVision.Packaging;

/// <summary>What stands in a foreign file, fit for a message: short, and without control characters.</summary>
internal static class PrintableText
{
    private const int MaxLength = 64;

    public static string Of(string text) => new([.. text.Take(MaxLength).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')]);
}
