namespace EdgeVision.Trainer.Measurement;

/// <summary>Whether two models mean the same by their answers.</summary>
internal static class ClassNames
{
    private const int MostNamed = 12;

    /// <exception cref="TrainerException">They do not: the message names what differs.</exception>
    public static void RequireSame(IReadOnlyList<string> ours, string us, IReadOnlyList<string> theirs, string them)
    {
        if (ours.SequenceEqual(theirs, StringComparer.Ordinal))
        {
            return;
        }

        var (gone, added) = (theirs.Except(ours, StringComparer.Ordinal).ToArray(), ours.Except(theirs, StringComparer.Ordinal).ToArray());
        throw new TrainerException(
            $"{them} tells {Listed(theirs)}, {us} {Listed(ours)}{(gone.Length > 0 ? $"; gone: {Listed(gone)}" : "")}{(added.Length > 0 ? $"; new: {Listed(added)}" : gone.Length == 0 ? "; only the order differs" : "")}. "
            + $"Train with --classes {string.Join(',', theirs)}, or let it be another model under a name of its own.");
    }

    private static string Listed(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
