namespace EdgeVision.Compression;

/// <summary>Names as people count them: 2.jpg before 10.jpg. Runs of digits are compared as numbers, everything else letter by letter; equal so far, the plain order decides.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var difference = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]) ? CompareNumbers(ref a, ref b) : CompareLetters(ref a, ref b);
            if (difference != 0)
            {
                return difference;
            }
        }

        var byLength = a.Length - b.Length;
        return byLength != 0 ? byLength : string.CompareOrdinal(x, y);
    }

    private static int CompareLetters(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var difference = a[0].CompareTo(b[0]);
        a = a[1..];
        b = b[1..];
        return difference;
    }

    // Without leading zeros the longer number is the larger one, however many digits it has.
    private static int CompareNumbers(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var one = TakeDigits(ref a);
        var other = TakeDigits(ref b);
        return one.Length != other.Length ? one.Length - other.Length : one.SequenceCompareTo(other);
    }

    private static ReadOnlySpan<char> TakeDigits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits.TrimStart('0');
    }
}
