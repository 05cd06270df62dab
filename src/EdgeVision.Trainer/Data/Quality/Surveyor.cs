using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>Reads every picture of some sources once, on several threads; the result does not depend on how many.</summary>
internal static class Surveyor
{
    /// <param name="classes">In the order that is wanted; empty = those of the sources, in natural order.</param>
    /// <exception cref="CompressionException">A source that cannot be read at all.</exception>
    /// <exception cref="TrainerException">Sources of different kinds, or a class that is not wanted.</exception>
    public static Survey Survey(IReadOnlyList<VersionSource> sources, IReadOnlyList<string> classes, int threads, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var sets = new List<Dataset>();
        try
        {
            sets.AddRange(sources.Select(source => SourceReader.Open(source)));
            var kind = KindOf(sets, sources);
            var wanted = new SharedClasses(sets, sources, classes);
            var items = sources.SelectMany((source, i) => MaskFiles.Pictures(source, sets[i].Items).Select(item => (Source: i, Item: item))).ToArray();
            var facts = Facts([.. items.Select(each => each.Item)], threads, progress, stop);
            return new Survey(kind, wanted.Names, sources, [.. items.Select((each, i) => Candidate(each.Source, sources[each.Source], each.Item, facts[i], kind, wanted))]);
        }
        finally
        {
            sets.ForEach(set => set.Dispose());
        }
    }

    public static PictureFacts[] Facts(IReadOnlyList<DatasetItem> items, int threads, IProgress<double>? progress, CancellationToken stop)
    {
        var facts = new PictureFacts[items.Count];
        var done = 0;
        Parallel.For(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop }, () => new PictureInspector(), (i, _, inspector) =>
        {
            facts[i] = inspector.Inspect(items[i]);
            progress?.Report((double)Interlocked.Increment(ref done) / items.Count);
            return inspector;
        }, _ => { });
        return facts;
    }

    private static DatasetKind KindOf(List<Dataset> sets, IReadOnlyList<VersionSource> sources)
    {
        var other = sets.FindIndex(set => set.Kind != sets[0].Kind);
        return other >= 0 ? throw new TrainerException($"{sources[0].Path} has {Word(sets[0].Kind)}, {sources[other].Path} has {Word(sets[other].Kind)}. Give sets of one kind.")
            : sets[0].Kind == DatasetKind.Text ? throw new TrainerException($"{sources[0].Path} has texts; classes, boxes and masks are trained.") : sets[0].Kind;
    }

    private static string Word(DatasetKind kind) => kind switch { DatasetKind.Classes => "classes", DatasetKind.Boxes => "boxes", DatasetKind.Text => "texts", _ => "pictures without truth" };

    private static Candidate Candidate(int source, VersionSource from, DatasetItem item, PictureFacts facts, DatasetKind kind, SharedClasses classes) => new(
        source, item.Name, from.Split, facts, classes.Of(source, item.Truth.ClassId),
        kind == DatasetKind.Boxes ? [.. item.Truth.BoxesIn(facts.Width, facts.Height).Select(box =>
            new VersionBox(classes.Of(source, box.ClassId), box.Box.X1, box.Box.Y1, box.Box.X2, box.Box.Y2, box.IsIgnored))] : null,
        MaskFiles.PathOf(from, item.Name));
}
