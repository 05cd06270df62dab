using System.Globalization;
using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>Whether there is something to tell apart, and enough of each.</summary>
internal static class ClassCheck
{
    private const double MaxRatio = 10;
    private const int FewPictures = 10;

    /// <summary>Pictures a class, or boxes a class.</summary>
    public static int[] Counts(Survey survey, IReadOnlyList<Candidate> candidates)
    {
        var counts = new int[survey.Classes.Count];
        foreach (var id in candidates.SelectMany(ClassesOf))
        {
            counts[id]++;
        }

        return counts;
    }

    public static IReadOnlyList<Finding> Run(Survey survey, IReadOnlyList<Candidate> candidates)
    {
        if (survey.Kind == DatasetKind.Pictures)
        {
            return [new Finding(FindingKind.Unlabelled, FindingGravity.Note, candidates.Count, "nothing is known of the pictures", "Only what learns without labels (anomalies) can be trained. For classes, lay them into one folder for each.", [])];
        }

        var counts = Counts(survey, candidates);
        var present = Enumerable.Range(0, counts.Length).Where(id => counts[id] > 0).OrderBy(id => counts[id]).ToArray();
        return [.. OneClass(survey, present, counts), .. Imbalance(survey, present, counts), .. Rare(survey, present, counts), .. Missing(survey, candidates)];
    }

    private static IEnumerable<int> ClassesOf(Candidate candidate) => candidate.Boxes is { } boxes ? boxes.Where(box => !box.Ignored).Select(box => box.Class) : candidate.Class >= 0 ? [candidate.Class] : [];

    private static IEnumerable<Finding> OneClass(Survey survey, int[] present, int[] counts) => survey.Kind != DatasetKind.Classes || present.Length != 1 ? [] :
    [
        new Finding(FindingKind.OneClass, FindingGravity.Dishonest, counts[present[0]], $"all pictures are of one class, '{survey.Classes[present[0]]}'",
            "A network that always says it is right every time. Give pictures of what it must be told from; for parts that are all good, train an anomaly model and accept this.", []),
    ];

    private static IEnumerable<Finding> Imbalance(Survey survey, int[] present, int[] counts) => present.Length < 2 || counts[present[^1]] <= MaxRatio * counts[present[0]] ? [] :
    [
        new Finding(FindingKind.Imbalance, FindingGravity.Warning, counts[present[^1]],
            string.Create(CultureInfo.InvariantCulture, $"'{survey.Classes[present[^1]]}' is there {counts[present[^1]] / (double)counts[present[0]]:0.#} times as often as '{survey.Classes[present[0]]}'"),
            "Train with class weights or focal loss, and look at the figures of each class, not at accuracy alone.", [.. present.Select(id => $"{survey.Classes[id]}: {counts[id]}").Take(Finding.MaxExamples)]),
    ];

    private static IEnumerable<Finding> Rare(Survey survey, int[] present, int[] counts) => Array.FindAll(present, id => counts[id] < FewPictures) is { Length: > 0 } rare ?
    [
        new Finding(FindingKind.RareClass, FindingGravity.Warning, rare.Length, $"{rare.Length} classes have fewer than {FewPictures} examples", "Get more of them, or join them with another class (--map theirs=ours).",
            [.. rare.Select(id => $"{survey.Classes[id]}: {counts[id]}").Take(Finding.MaxExamples)]),
    ] : [];

    // A class that is only in test is never learned; one that is only in training is never judged.
    private static IEnumerable<Finding> Missing(Survey survey, IReadOnlyList<Candidate> candidates)
    {
        var bySplit = candidates.GroupBy(candidate => candidate.Split ?? DataSplit.Train).OrderBy(group => group.Key).ToArray();
        var all = Enumerable.Range(0, survey.Classes.Count).ToArray();
        string[] missing = [.. bySplit.SelectMany(group => all.Except(group.SelectMany(ClassesOf)).Select(id => $"{group.Key}: no {survey.Classes[id]}"))];
        return missing.Length == 0 ? [] :
        [
            new Finding(FindingKind.MissingClass, FindingGravity.Warning, missing.Length, "not every class is in every split", "Its figures would say nothing of that class. Divide anew, or get pictures of it.", [.. missing.Take(Finding.MaxExamples)]),
        ];
    }
}
