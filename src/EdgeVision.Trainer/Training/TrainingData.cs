using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Training;

/// <summary>What a network learns from, what it is judged by while it learns, and what it is judged by once, at the end.</summary>
internal sealed record TrainingData(IReadOnlyList<string> Classes, TrainingSet Train, TrainingSet Validation, TrainingSet Test)
{
    private const int MostValidated = 5_000, MaxSide = 512;
    private const long SplitSeed = 0; // the same split for every training, so that trainings can be compared

    /// <summary>What the network's input is made with.</summary>
    public Normalization Normalization { get; } = Normalization.Of(Train);

    /// <param name="name"><c>fashion-mnist</c> (Debian's package), or any set of classes that <see cref="Dataset"/> reads, of which a tenth becomes the test.</param>
    /// <param name="samples">Pictures to learn from; 0 = all that are not validated or tested with.</param>
    /// <exception cref="TrainerException">It is not there, has boxes or one class, or too few pictures.</exception>
    /// <exception cref="CompressionException">A file that cannot be read.</exception>
    /// <exception cref="ImageException">A picture that cannot be decoded.</exception>
    public static TrainingData Open(string name, int samples)
    {
        if (name != FashionMnist.Name)
        {
            using var set = OpenClasses(new VersionSource { Path = name });
            var order = NamedRandom.Order(set.Items.Count, SplitSeed, "split");
            var tested = Math.Max(1, set.Items.Count / 10);
            return Split(name, set, order[tested..], set, order[..tested], samples);
        }

        var sources = FashionMnist.Sources();
        using var train = OpenClasses(sources.Single(source => source.Split is null));
        using var test = OpenClasses(sources.Single(source => source.Split == DataSplit.Test));
        return Split(name, train, NamedRandom.Order(train.Items.Count, SplitSeed, "split"), test, [.. Enumerable.Range(0, test.Items.Count)], samples);
    }

    private static TrainingData Split(string name, Dataset set, int[] order, Dataset testSet, int[] tested, int samples)
    {
        var validated = Math.Min(MostValidated, order.Length / 10);
        var most = order.Length - validated;
        if (validated == 0 || samples < 0 || samples > most)
        {
            throw new TrainerException(validated == 0
                ? $"{name} has {order.Length + tested.Length} pictures; to learn, validate and test, a dozen are the least."
                : $"{samples} samples: {name} has {most} to learn from ({validated} are kept to validate with). Give 1 to {most}, or 0 for all.");
        }

        var shape = ShapeOf(set.Items[0]);
        var learnt = samples == 0 ? most : samples;
        if ((long)learnt * shape.Count > Array.MaxLength)
        {
            throw new TrainerException($"{name}: {learnt} pictures of {shape.Width}x{shape.Height} do not fit into memory at once. Give --samples {Array.MaxLength / shape.Count} or fewer, or make the pictures smaller.");
        }

        return new TrainingData(
            set.Classes.Names, TrainingSet.Read(set, order[validated..][..learnt], shape), TrainingSet.Read(set, order[..validated], shape), TrainingSet.Read(testSet, tested, shape));
    }

    private static Dataset OpenClasses(VersionSource source)
    {
        var set = SourceReader.Open(source);
        if (set.Kind == DatasetKind.Classes && set.Classes.Names.Count >= 2)
        {
            return set;
        }

        set.Dispose();
        throw new TrainerException(set.Kind == DatasetKind.Classes
            ? $"{source.Path} has one class, '{string.Join(", ", set.Classes.Names)}': there is nothing to tell apart. Add pictures of another."
            : $"{source.Path} holds {set.Kind}, not one class for each picture: a classifier learns from a folder for each class, a list file,label, idx or npz.");
    }

    private static LayerShape ShapeOf(DatasetItem first)
    {
        using var frame = first.Open();
        var layout = frame.Layout;
        return layout is { Width: <= MaxSide, Height: <= MaxSide }
            ? LayerShape.Map(layout.Format == PixelFormat.Gray8 ? 1 : 3, layout.Height, layout.Width)
            : throw new TrainerException($"{first.Name} is {layout.Width}x{layout.Height}; pictures are learnt from at their own size, up to {MaxSide}x{MaxSide}. Make them smaller.");
    }
}
