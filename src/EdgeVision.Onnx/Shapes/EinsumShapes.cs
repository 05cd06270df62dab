namespace EdgeVision.Onnx;

/// <summary>Einsum: letters name lengths, <c>bij,bjk->bik</c>. Dots (<c>...</c>) are left unknown.</summary>
internal static class EinsumShapes
{
    public static void Einsum(ShapeContext node)
    {
        var equation = node.Attributes.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        if (equation.Contains("...", StringComparison.Ordinal) || Lengths(node, equation.Split("->")[0].Split(',')) is not { } lengths)
        {
            return;
        }

        var terms = equation.Split("->")[0];
        var result = equation.Contains("->", StringComparison.Ordinal)
            ? equation.Split("->")[1]
            : string.Concat(lengths.Keys.Where(letter => terms.Count(other => other == letter) == 1).Order());
        node.Set(0, node.Input(0)!.Type, [.. result.Select(letter => lengths.TryGetValue(letter, out var length) ? length : throw node.Fail($"gives '{letter}', which no input of '{equation}' has"))]);
    }

    private static Dictionary<char, long>? Lengths(ShapeContext node, string[] terms)
    {
        var lengths = new Dictionary<char, long>();
        for (var i = 0; i < terms.Length; i++)
        {
            if (node.Input(i) is not { } input || input.Rank != terms[i].Length)
            {
                return null;
            }

            foreach (var (letter, length) in terms[i].Zip(input.Lengths))
            {
                lengths[letter] = Math.Max(length, lengths.GetValueOrDefault(letter, ValueShape.Open));
            }
        }

        return lengths;
    }
}
