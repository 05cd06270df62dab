using System.Security.Cryptography;
using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>A judged set to a version: what is no good stays out with its reason, the rest is divided.</summary>
internal static class VersionFreezer
{
    private const int NoBox = -1;

    /// <exception cref="TrainerException">Training from it would be dishonest and nobody accepted that, or a split comes out empty.</exception>
    public static DatasetVersion Freeze(QualityReport report, FreezeOptions options)
    {
        Require(report, options);
        var survey = report.Survey;
        var kept = Enumerable.Range(0, survey.Candidates.Count).Where(i => !report.Refusals.ContainsKey(i)).ToArray();
        var splits = Splits(report, kept, options);
        var cleaned = survey.Kind == DatasetKind.Boxes ? Array.ConvertAll(kept, i => BoxCleaning.Clean(survey.Candidates[i])) : [];
        return new DatasetVersion
        {
            Name = options.Name,
            Kind = survey.Kind,
            Classes = survey.Classes,
            IsGrey = Array.TrueForAll(kept, i => survey.Candidates[i].Facts.IsGrey),
            Seed = options.Seed,
            Sources = survey.Sources,
            Items = [.. kept.Select((i, at) => Item(survey.Candidates[i], splits[at], cleaned.Length > 0 ? cleaned[at].Kept : null))],
            Excluded = [.. report.Refusals.OrderBy(refusal => refusal.Key).Select(refusal => Exclusion(survey.Candidates[refusal.Key], refusal.Value)), .. cleaned.SelectMany(each => each.Left)],
            Accepted = [.. options.Accepted.Where(kind => report.Findings.Any(finding => finding.Kind == kind)).Select(kind => kind.ToString())],
        }.Sealed();
    }

    private static VersionExclusion Exclusion(Candidate candidate, Refusal refusal) => new(candidate.Source, candidate.Name, refusal.Kind, refusal.Reason);

    private static void Require(QualityReport report, FreezeOptions options)
    {
        if (report.Objections(options.Accepted, cured: true) is [var objection, ..])
        {
            throw new TrainerException($"{report.Survey.Sources[0].Path}: {objection.What}. {objection.Advice} To go on all the same: --accept {FindingWords.Of(objection.Kind)}.");
        }
    }

    private static DataSplit[] Splits(QualityReport report, int[] kept, FreezeOptions options)
    {
        var candidates = report.Survey.Candidates;
        var earlier = EarlierSplits(report, kept, options.Earlier);
        var free = kept.Where(i => candidates[i].Split is null && !earlier.ContainsKey(i)).ToArray();
        var given = candidates.Where(candidate => candidate.Split is not null).Select(candidate => candidate.Split!.Value).ToHashSet();
        var shares = options.Shares.Checked().Without(given);
        var plan = SplitPlan.Divide(Array.ConvertAll(free, i => report.Groups[i]), Array.ConvertAll(free, i => StratumOf(candidates[i], report.Counts)), shares, options.Seed);
        var planned = free.Zip(plan).ToDictionary(each => each.First, each => each.Second);
        DataSplit[] splits = [.. kept.Select(i => candidates[i].Split ?? (earlier.TryGetValue(i, out var split) ? split : planned[i]))];
        var empty = Enum.GetValues<DataSplit>().Where(split => (given.Contains(split) || shares.Of(split) > 0) && !splits.Contains(split)).ToArray();
        return empty.Length == 0 ? splits : throw new TrainerException(
            $"{report.Survey.Sources[0].Path}: of {kept.Length} pictures none came into {string.Join(" and none into ", empty)}, because near duplicates are not torn apart or there are too few. "
            + "Give a set of its own with --validation or --test, or set the share to 0.");
    }

    /// <summary>Where pictures were in the version before, and with them their near duplicates.</summary>
    private static Dictionary<int, DataSplit> EarlierSplits(QualityReport report, int[] kept, DatasetVersion? earlier)
    {
        var known = (earlier?.Items ?? []).DistinctBy(item => item.Sha256).ToDictionary(item => item.Sha256, item => item.Split, StringComparer.Ordinal);
        var (splits, groups) = (new Dictionary<int, DataSplit>(), new Dictionary<int, DataSplit>());
        foreach (var i in kept)
        {
            if (known.TryGetValue(report.Survey.Candidates[i].Facts.Sha256, out var split))
            {
                splits.Add(i, split);
                groups.TryAdd(report.Groups[i], split);
            }
        }

        foreach (var i in kept.Where(i => !splits.ContainsKey(i)))
        {
            if (groups.TryGetValue(report.Groups[i], out var split))
            {
                splits.Add(i, split);
            }
        }

        return splits;
    }

    /// <summary>What shares are kept of: the class, or the rarest class that is boxed in the picture, because the frequent ones come along anyway.</summary>
    private static int StratumOf(Candidate candidate, IReadOnlyList<int> counts) =>
        candidate.Boxes is { } boxes ? boxes.Select(box => box.Class).OrderBy(id => counts[id]).ThenBy(id => id).FirstOrDefault(NoBox) : candidate.Class;

    private static VersionItem Item(Candidate candidate, DataSplit split, IReadOnlyList<VersionBox>? boxes) => new()
    {
        Source = candidate.Source, Name = candidate.Name, Sha256 = candidate.Facts.Sha256, Width = candidate.Facts.Width, Height = candidate.Facts.Height,
        Split = split, Class = candidate.Class, Boxes = boxes,
        MaskSha256 = candidate.MaskPath is null ? null : Convert.ToHexStringLower(SHA256.HashData(LimitedFile.Read(candidate.MaskPath))),
    };
}
