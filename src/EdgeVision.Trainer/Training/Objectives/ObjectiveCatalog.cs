using EdgeVision.Compression;
using EdgeVision.Trainer.Architectures;

namespace EdgeVision.Trainer.Training;

/// <summary>What is learnt by which network from which data.</summary>
internal static class ObjectiveCatalog
{
    /// <exception cref="TrainerException">The network cannot learn from such data.</exception>
    public static Objective For(RunSettings settings, TrainingData data)
    {
        var version = data.Version;
        return (ArchitectureCatalog.TaskOf(settings.Model), version.Kind) switch
        {
            (LearningTask.Boxes, DatasetKind.Boxes) => new DetectionObjective(data.Shape, version.Classes.Count),
            (LearningTask.Boxes, _) => throw Misfit("boxes: COCO, VOC or YOLO"),
            (LearningTask.Segments, _) when data.MaskClasses >= 2 => new SegmentationObjective(data.MaskClasses),
            (LearningTask.Segments, _) => throw Misfit("a mask for each picture, of two classes or more: give --masks"),
            (LearningTask.Anomalies, DatasetKind.Classes) when version.Classes.Count > 2 => throw new TrainerException(
                $"{version.Name} has the classes {string.Join(", ", version.Classes)}; {settings.Model} tells good parts from others: give all the others one name, as in --map {version.Classes[^1]}=defect."),
            (LearningTask.Anomalies, not DatasetKind.Classes) => throw Misfit("a folder of good parts and others of bad ones, to be judged by"),
            (_, DatasetKind.Classes) when version.Classes.Count >= 2 => new ClassificationObjective(version.Classes.Count,
                settings.Options.BalanceClasses ? ClassBalance.Weights([.. data.Train.Select(item => item.Class)], version.Classes.Count) : null, settings.Options.LabelSmoothing, settings.Options.Focus,
                settings.Imitation > 0 ? Teacher.Open(settings.From!, settings.Imitation, data) : null),
            (_, DatasetKind.Classes) => throw new TrainerException($"{version.Name} has one class, '{string.Join(", ", version.Classes)}': there is nothing to tell apart. Add pictures of another."),
            _ => throw Misfit("one class for each picture: a folder for each class, a list file,label, idx or npz"),
        };

        TrainerException Misfit(string wanted) => new($"{version.Name} holds {version.Kind}; {settings.Model} learns from {wanted}.");
    }
}
