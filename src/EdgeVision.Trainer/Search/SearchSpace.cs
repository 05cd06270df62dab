using System.Globalization;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Search;

/// <summary>What trials are drawn from: network, width, resolution, augmentation and its strength, dropout, learning rate.</summary>
internal sealed class SearchSpace(SearchPlan plan, DatasetVersion data, string dataPath)
{
    private const int MostDraws = 200, LeastSide = 16, SideMultiple = 4;
    private static readonly double[] Widths = [0.5, 0.75, 1, 1.5, 2], Scales = [1, 1, 0.75, 0.5], Dropouts = [0, 0, 0.2];
    private static readonly string[] Augmentations = ["none", "light", "standard:0.5", "standard", "strong:0.5"];

    /// <summary>By the plan's seed and the number alone.</summary>
    /// <exception cref="TrainerException">No network of the plan can be built for such pictures.</exception>
    public (RunSettings Settings, LayerGraph Graph) Draw(int number)
    {
        TrainerException? misfit = null;
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var settings = Draw(RandomStream.For(plan.Seed, number, draw));
            try
            {
                return (settings, GraphOf(settings));
            }
            catch (TrainerException exception)
            {
                misfit = exception; // too small a picture for so many pools: another is drawn
            }
        }

        throw new TrainerException($"None of {string.Join(", ", plan.Models)} can be built for these pictures: {misfit!.Message}", misfit);
    }

    private RunSettings Draw(RandomStream random)
    {
        var settings = new RunSettings
        {
            Model = Of(plan.Models), Width = Of(Widths), Dropout = Of(Dropouts), Data = new DataWish { Data = dataPath }, Samples = plan.Samples, Augment = Of(Augmentations),
            Options = new TrainingOptions
            {
                Epochs = plan.Epochs, Schedule = RateSchedule.Cosine, WarmupEpochs = 0.25, Seed = plan.Seed, Threads = plan.Threads,
                // 0.0003 to 0.005, evenly over the logarithm, two digits of it
                LearningRate = double.Parse(Math.Pow(10, random.Between(-3.5f, -2.3f)).ToString("0.0e0", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            },
        };
        return settings with { Size = SizeAt(Of(Scales), settings) };

        T Of<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
    }

    /// <summary>Null where the pictures' own suits.</summary>
    private string? SizeAt(double scale, RunSettings settings)
    {
        var spec = InputSpec.For(data, settings);
        var multiple = Math.Max(SideMultiple, ArchitectureCatalog.MultipleOf(settings.Model));
        var (width, height) = (Side(spec.Width), Side(spec.Height));
        return scale == 1 || (width, height) == (spec.Width, spec.Height) ? null : string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");

        int Side(int side) => Math.Max(Math.Min(LeastSide, side), (int)(side * scale / multiple) * multiple);
    }

    private LayerGraph GraphOf(RunSettings settings)
    {
        var spec = InputSpec.For(data, settings);
        return ArchitectureCatalog.Build(settings.Model, new ArchitectureOptions { Classes = data.Classes.Count, Input = LayerShape.Map(spec.ChannelCount, spec.Height, spec.Width), Width = settings.Width, Dropout = settings.Dropout });
    }
}
