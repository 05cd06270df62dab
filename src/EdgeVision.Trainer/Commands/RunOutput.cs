using System.CommandLine;
using System.Text.Json;
using EdgeVision.Trainer.Distributed;
using EdgeVision.Trainer.Training;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer.Commands;

/// <summary>A run shown while it goes on, and its result: for people, and as the one line of JSON that always comes last.</summary>
internal static class RunOutput
{
    public static readonly Option<bool> Json = new("--json") { Description = "print nothing but the line of JSON" };

    public static int Show(ParseResult arguments, Func<IProgress<TrainingProgress>, RunResult?> run)
    {
        if (Follow(run) is not { } result || !RankGroup.IsSpeaker)
        {
            return ExitCodes.Done;
        }

        if (!arguments.GetValue(Json))
        {
            Console.WriteLine(FormattableString.Invariant($"{result.Metric} {result.Value:0.0000} on {result.Test.N} test pictures, {result.SecondsPerEpoch:0.0} s for each epoch, {result.Parameters:#,0} parameters, {result.Macs:#,0} MACs"));
            Console.WriteLine(FormattableString.Invariant($"{result.Int8?.Onnx ?? result.Onnx}: answers as the trained network to {result.MaxExportDifference:0.0e0}"));
            if (result.Int8 is { } int8)
            {
                Console.WriteLine(FormattableString.Invariant($"in 8 bits: {int8.Bytes:#,0} bytes{(int8.Value is { } value ? $", {result.Metric} {value:0.0000}; calibrated without this training {int8.Untrained:0.0000}" : "")}"));
            }

        }

        Console.WriteLine(JsonSerializer.Serialize(result, RunJson.Default.RunResult));
        return 0;
    }

    /// <summary>The run alone, shown while it goes on.</summary>
    public static RunResult? Follow(Func<IProgress<TrainingProgress>, RunResult?> run) => RankGroup.IsSpeaker ? ProgressDisplay.Run(display => run(new Epochs(display))) : run(new Silence());

    private sealed class Silence : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            // Another rank speaks.
        }
    }

    private sealed class Epochs(ProgressDisplay display) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => display.Show(
            $"epoch {value.Epoch} of {value.Epochs}", value.Share,
            FormattableString.Invariant($"loss {value.Loss:0.0000}{(value.Accuracy is { } accuracy ? $", accuracy {accuracy:0.0000}" : "")}{(value.Validation is { } validation ? $", validation {validation:0.0000}" : "")}"));
    }
}
