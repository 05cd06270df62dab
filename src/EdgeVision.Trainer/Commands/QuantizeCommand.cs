using System.CommandLine;
using EdgeVision.Trainer.Quantization;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Commands;

/// <summary><c>edgevision-trainer quantize RUN</c>: goes on with a trained network with the steps of 8 bits, and exports it in them. A command of its own, because model, data and objective are the run's and not to be said again.</summary>
internal static class QuantizeCommand
{
    private const double RateShare = 0.2;

    private static readonly Option<int> Epochs = FineTuningOptions.Epochs(2);
    private static readonly Option<bool> PerTensor = new("--per-tensor") { Description = "one scale for all weights of a layer, not one for each channel" };

    public static Command Create()
    {
        var command = new Command("quantize", "train on for 8 bits, and export in them without calibration") { FineTuningOptions.Source, Epochs, FineTuningOptions.Rate, FineTuningOptions.Imitation, PerTensor, FineTuningOptions.Output, RunOutput.Json };
        command.SetRun((arguments, source, path, progress, stop) => DerivedRun.Quantize(
            source, path, arguments.GetValue(PerTensor) ? WeightScaling.PerTensor : WeightScaling.PerChannel, FineTuningOptions.TuningOf(arguments, Epochs, RateShare), progress, stop));
        return command;
    }
}
