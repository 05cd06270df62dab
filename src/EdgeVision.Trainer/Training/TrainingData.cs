using System.Globalization;
using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Training;

/// <summary>What a network learns from, what it is judged by while it learns, and what it is judged by once, at the end; and how pictures become its input.</summary>
/// <remarks>Pictures are read as they are asked for, each compared with its digest. Any thread.</remarks>
internal sealed class TrainingData : IDisposable
{
    private readonly OpenedVersion _opened;
    private readonly IReadOnlyList<string> _maskNames;
    private readonly bool _isSegmented;
    private readonly Lazy<int> _maskClasses;

    private TrainingData(OpenedVersion opened, IReadOnlyList<VersionItem> train, RunSettings settings, TensorSpec input)
    {
        (_opened, Train, _maskNames, _isSegmented, Input) = (opened, train, settings.MaskClasses, ArchitectureCatalog.TaskOf(settings.Model) == LearningTask.Segments, input);
        Validation = [.. Version.Of(DataSplit.Validation)];
        Test = [.. Version.Of(DataSplit.Test)];
        _maskClasses = new Lazy<int>(() => Version.Items.Select(opened.OpenMask).OfType<byte[]>().Select(mask => mask.Where(id => id != Batch.NoMask).DefaultIfEmpty().Max() + 1).DefaultIfEmpty().Max());
    }

    public DatasetVersion Version => _opened.Version;

    public IReadOnlyList<VersionItem> Train { get; }

    public IReadOnlyList<VersionItem> Validation { get; }

    public IReadOnlyList<VersionItem> Test { get; }

    /// <summary>Classes that masks tell apart: one more than their greatest value. 0 = there are no masks.</summary>
    /// <exception cref="TrainerException">A mask is gone or was changed.</exception>
    public int MaskClasses => _maskClasses.Value;

    /// <summary>What the network learns of the pictures.</summary>
    public DatasetKind Answers => _isSegmented ? DatasetKind.Segments : Version.Kind;

    /// <summary>What it tells apart, in the order of its answer. Of masks as they were named; else, where they are as many, the set's classes; else their numbers.</summary>
    /// <exception cref="TrainerException">Other than as many names as classes; or as of <see cref="MaskClasses"/>.</exception>
    public IReadOnlyList<string> AnswerClasses => !_isSegmented ? Version.Classes
        : _maskNames.Count == MaskClasses ? _maskNames
        : _maskNames.Count > 0 ? throw new TrainerException($"--mask-classes {string.Join(',', _maskNames)}: the masks of {Version.Name} tell {MaskClasses} classes apart, 0 to {MaskClasses - 1}. Give one name for each.")
        : Version.Classes.Count == MaskClasses ? Version.Classes
        : [.. Enumerable.Range(0, MaskClasses).Select(id => id.ToString(CultureInfo.InvariantCulture))];

    /// <summary>As the package tells it to the device.</summary>
    public TensorSpec Input { get; }

    public LayerShape Shape => LayerShape.Map(Input.ChannelCount, Input.Height, Input.Width);

    /// <param name="opened">Becomes its own, also when this fails.</param>
    /// <param name="input">Of the run that is resumed; null = what suits the pictures, normalised by those that are learnt from.</param>
    /// <param name="used">What the weights that it begins with are used to; null = it begins from scratch.</param>
    /// <exception cref="TrainerException">A split is empty, or fewer pictures than are wanted.</exception>
    public static TrainingData Of(OpenedVersion opened, RunSettings settings, TensorSpec? input = null, TensorSpec? used = null)
    {
        try
        {
            var version = opened.Version;
            var missing = Enum.GetValues<DataSplit>().Where(split => !version.Of(split).Any()).ToArray();
            if (missing.Length > 0)
            {
                throw new TrainerException($"{version.Name} has no pictures for {string.Join(" and ", missing)}: to learn, choose and test are three things. Freeze it again with shares above 0.");
            }

            var train = VersionSubset.Take(version.Of(DataSplit.Train), settings.Samples, settings.Options.Seed);
            return new TrainingData(opened, train, settings, input ?? (used is null ? Normalization.Fit(opened, train, InputSpec.For(version, settings)) : InputSpec.Like(used, InputSpec.For(version, settings))));
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public BatchLoader Loader(IReadOnlyList<VersionItem> items, BatchOptions options) => new(_opened, items, Input, options);

    public void Dispose() => _opened.Dispose();
}
