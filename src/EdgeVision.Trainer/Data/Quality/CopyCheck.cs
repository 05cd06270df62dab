namespace EdgeVision.Trainer;

/// <summary>Pictures that are there more than once, equal or nearly so: within what is divided they are kept together, between what is learned and what is judged they are leaks.</summary>
/// <remarks>Nothing is taken out of a held-out set: its published figures would no longer be comparable. A copy to learn from goes instead.</remarks>
internal sealed class CopyCheck(Survey survey, Dictionary<int, Refusal> refusals)
{
    private readonly List<string> _leaks = [];
    private readonly List<string> _openLeaks = [];
    private readonly List<string> _conflicts = [];
    private readonly List<string> _twice = [];
    private readonly List<string> _heldTwice = [];

    /// <summary>The same bytes.</summary>
    public IReadOnlyList<Finding> Equal()
    {
        foreach (var group in Left().GroupBy(i => survey.Candidates[i].Facts.Sha256, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
        {
            JudgeEqual([.. group]);
        }

        return
        [
            .. Leaks("are also among those to be judged on, byte for byte"),
            .. Of(FindingKind.Conflict, FindingGravity.Warning, _conflicts, "pictures stand there under different labels", "Look at them and keep one label. Freezing leaves all of them out, because nobody knows which is meant.", true),
            .. Of(FindingKind.Duplicate, FindingGravity.Warning, _twice, "pictures are copies of others, byte for byte", "Remove the copies: they count twice. Freezing keeps the first of each.", true),
            .. Of(FindingKind.Duplicate, FindingGravity.Note, _heldTwice, "copies are within the sets to be judged on", "They are left there, so that figures can be compared with published ones.", false),
        ];
    }

    /// <summary>Nearly the same pictures; also the groups that must not be divided.</summary>
    public (IReadOnlyList<Finding> Findings, int[] Groups) Near(bool isWanted, CancellationToken stop)
    {
        _leaks.Clear();
        _openLeaks.Clear();
        if (!isWanted)
        {
            return ([], [.. Enumerable.Range(0, survey.Candidates.Count)]);
        }

        var looks = survey.Candidates.Select((candidate, i) => refusals.ContainsKey(i) ? null : candidate.Facts.Look).ToArray();
        var groups = NearDuplicates.Find(looks, stop);
        var together = Left().GroupBy(i => groups[i]).Where(group => group.Skip(1).Any()).Select(group => group.ToArray()).ToArray();
        foreach (var group in together)
        {
            TakeLeaks(group, FindingKind.Leak, "looks like");
        }

        var kept = together.Select(group => group.Where(i => !refusals.ContainsKey(i) && !survey.Candidates[i].IsHeldOut).ToArray()).Where(group => group.Length > 1).ToArray();
        var examples = kept.OrderByDescending(group => group.Length).Select(group => $"{Name(group[0])} and {group.Length - 1} more, for example {Name(group[1])}").ToList();
        return ([.. Leaks("look nearly the same as pictures to be judged on"), .. NearNote(kept.Sum(group => group.Length), examples)], groups);
    }

    private static IEnumerable<Finding> NearNote(int count, List<string> examples) => count == 0 ? [] :
    [
        new Finding(FindingKind.NearDuplicate, FindingGravity.Note, count, $"{count} pictures look nearly the same as others, in {examples.Count} groups",
            "Nothing has to be done: when the set is divided, a group goes to one side. Frames of one film teach less than their number says.", [.. examples.Take(Finding.MaxExamples)]),
    ];

    private IEnumerable<int> Left() => Enumerable.Range(0, survey.Candidates.Count).Where(i => !refusals.ContainsKey(i));

    private void JudgeEqual(int[] group)
    {
        var held = Array.FindAll(group, i => survey.Candidates[i].IsHeldOut);
        _heldTwice.AddRange(held.Skip(1).Select(i => $"{Name(i)} is {Name(held[0])}"));
        if (TakeLeaks(group, FindingKind.Leak, "is the same picture as"))
        {
            return;
        }

        var first = group[0];
        var isConflict = Array.Exists(group, i => !survey.Candidates[i].HasSameTruth(survey.Candidates[first]));
        foreach (var i in group.Where(i => !survey.Candidates[i].IsHeldOut && (isConflict || i != first)))
        {
            var other = i == first ? group[1] : first;
            var (kind, list) = isConflict ? (FindingKind.Conflict, _conflicts) : (FindingKind.Duplicate, _twice);
            var reason = isConflict ? $"{Name(i)} ({Label(i)}) is the same picture as {Name(other)} ({Label(other)})" : $"{Name(i)} is the same picture as {Name(other)}";
            refusals.Add(i, new Refusal(kind, reason));
            list.Add(reason);
        }
    }

    /// <returns>Whether a held-out set is concerned.</returns>
    private bool TakeLeaks(int[] group, FindingKind kind, string verb)
    {
        // Test before validation: the last word counts most.
        var held = group.Where(i => survey.Candidates[i].IsHeldOut).OrderByDescending(i => survey.Candidates[i].Split).ToArray();
        if (held.Length == 0)
        {
            return false;
        }

        var judge = held[0];
        foreach (var i in group.Where(i => !survey.Candidates[i].IsHeldOut))
        {
            var reason = $"{Name(i)} {verb} {Name(judge)} in {Word(survey.Candidates[judge].Split)}";
            refusals.Add(i, new Refusal(kind, reason));
            _leaks.Add(reason);
        }

        _openLeaks.AddRange(held.Where(i => survey.Candidates[i].Split != survey.Candidates[judge].Split).Select(i => $"{Name(i)} in validation {verb} {Name(judge)} in test"));
        return true;
    }

    private IEnumerable<Finding> Leaks(string what) =>
    [
        .. Of(FindingKind.Leak, FindingGravity.Dishonest, _leaks, $"pictures to learn from {what}", "Figures would be too good. Take them out of what is learned from; freezing does so.", true),
        .. Of(FindingKind.Leak, FindingGravity.Dishonest, _openLeaks, "pictures of validation are also in test, or nearly", "What is chosen by the one is not judged by the other. Take them out of validation.", false),
    ];

    private static IEnumerable<Finding> Of(FindingKind kind, FindingGravity gravity, List<string> reasons, string what, string advice, bool isCured) =>
        reasons.Count == 0 ? [] : [new Finding(kind, gravity, reasons.Count, $"{reasons.Count} {what}", advice, [.. reasons.Take(Finding.MaxExamples)], isCured)];

    private string Name(int i) => survey.Candidates[i].Name;

    private string Label(int i) => survey.Candidates[i].Class is >= 0 and var id ? survey.Classes[id] : $"{survey.Candidates[i].Boxes?.Count ?? 0} boxes";

    private static string Word(DataSplit? split) => split == DataSplit.Test ? "test" : "validation";
}
