using EdgeVision.Compression;

namespace EdgeVision.Trainer.Training;

/// <summary>What is learnt from which data.</summary>
internal static class ObjectiveCatalog
{
    /// <exception cref="TrainerException">Nothing can be learnt from such data.</exception>
    public static Objective For(RunSettings settings, TrainingData data)
    {
        var version = data.Version;
        return version.Kind switch
        {
            DatasetKind.Classes when version.Classes.Count >= 2 => new ClassificationObjective(version.Classes.Count,
                settings.Options.BalanceClasses ? ClassBalance.Weights([.. data.Train.Select(item => item.Class)], version.Classes.Count) : null, settings.Options.LabelSmoothing, settings.Options.Focus),
            DatasetKind.Classes => throw new TrainerException($"{version.Name} has one class, '{string.Join(", ", version.Classes)}': there is nothing to tell apart. Add pictures of another."),
            _ => throw new TrainerException($"{version.Name} holds {version.Kind}, not one class for each picture: a classifier learns from a folder for each class, a list file,label, idx or npz."),
        };
    }
}
