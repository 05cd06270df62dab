using System.Text.Json;
using EdgeVision.Trainer.Storage;

namespace EdgeVision.Trainer.Training;

/// <summary>A training in one file: weights, the optimiser's memory, the mean of the weights, and how far it is. What goes on from it ends with the same bits as what never stopped.</summary>
internal static class Checkpoint
{
    private const string StateKey = "state", StepsKey = "steps", Memory = "optimizer.", Average = "average.";

    /// <exception cref="IOException">The disk is full, or the folder is gone; the checkpoint before is still there.</exception>
    public static void Save(string path, Learner learner, TrainingState state)
    {
        var tensors = WeightsFile.Tensors(learner.Network, "");
        foreach (var (name, tensor) in learner.Optimizer.Memory)
        {
            tensors.Add(Memory + name, WeightsFile.Of(tensor, "F32"));
        }

        if (learner.Average is { } average)
        {
            foreach (var (name, tensor) in WeightsFile.Tensors(average, Average))
            {
                tensors.Add(name, tensor);
            }
        }

        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>
        {
            [StateKey] = JsonSerializer.Serialize(state, RunJson.Default.TrainingState),
            [StepsKey] = JsonSerializer.Serialize(learner.Optimizer.Steps, RunJson.Default.Int64),
        });
    }

    /// <exception cref="TrainerException">No sound checkpoint, or of another training.</exception>
    public static TrainingState Load(string path, Learner learner)
    {
        var (tensors, metadata) = SafetensorsFile.Read(path);
        WeightsFile.Restore(learner.Network, tensors, "", path);
        foreach (var (name, tensor) in learner.Optimizer.Memory)
        {
            var bytes = WeightsFile.Take(tensors, Memory + name, "F32", path);
            if (!bytes.AsSpan().TryCopyTo(tensor.bytes))
            {
                throw new TrainerException($"{path}: '{name}' of the optimiser is of another network.");
            }
        }

        if (learner.Average is { } average)
        {
            WeightsFile.Restore(average, tensors, Average, path);
        }

        try
        {
            learner.Optimizer.Steps = JsonSerializer.Deserialize(metadata[StepsKey], RunJson.Default.Int64);
            return JsonSerializer.Deserialize(metadata[StateKey], RunJson.Default.TrainingState)!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            throw new TrainerException($"{path} does not say how far the training is: it is no checkpoint of this program. Train again.", exception);
        }
    }
}
