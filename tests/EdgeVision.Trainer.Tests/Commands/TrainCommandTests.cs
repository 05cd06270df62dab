using System.Text.Json;
using EdgeVision.Trainer.Tests.Training;

namespace EdgeVision.Trainer.Tests.Commands;

/// <summary>The program itself, as a process.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private const int Terminate = 15, Kill = 9, BadInput = 2, Interrupted = 4;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "edgevision-trainer");
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Train_StoppedKilledAndResumed_EndsAsIfItNeverHadBeen()
    {
        var data = Stripes.Write(_directory.File("data"), 2_000);
        string[] Arguments(string run) => ["train", "--model", "mlp", "--dropout", "0.1", "--data", data, "--epochs", "12", "--threads", "1", "--seed", "5", "--json", "--out", _directory.File(run)];

        var whole = Published.Run(Program, Deadline, Arguments("whole"));
        Assert.True(whole.ExitCode == 0, whole.Error);
        using (var stopped = RunningProgram.Start(Program, Arguments("parts")))
        {
            stopped.WaitForText("epoch 2 of 12", Deadline);
            stopped.Signal(Terminate);
            Assert.Equal(Interrupted, stopped.WaitForExit(Deadline).ExitCode);
        }

        using (var killed = RunningProgram.Start(Program, "resume", _directory.File("parts")))
        {
            killed.WaitForText("epoch 4 of 12", Deadline);
            killed.Signal(Kill);
            killed.WaitForExit(Deadline);
        }

        var resumed = Published.Run(Program, Deadline, "resume", _directory.File("parts"), "--json");

        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(File.ReadAllBytes(_directory.File("whole/model.safetensors")), File.ReadAllBytes(_directory.File("parts/model.safetensors")));
        Assert.Equal(12, File.ReadAllLines(_directory.File("parts/metrics.jsonl")).Length);
        var result = JsonDocument.Parse(resumed.Output).RootElement;
        Assert.Equal("accuracy", result.GetProperty("metric").GetString());
        Assert.Equal(300, result.GetProperty("test").GetProperty("n").GetInt32());
        Assert.InRange(result.GetProperty("value").GetDouble(), 0.8, 1);
        Assert.InRange(result.GetProperty("maxExportDifference").GetDouble(), 0, 1e-5);
        Assert.True(File.Exists(result.GetProperty("onnx").GetString()));
    }

    [Theory]
    [InlineData("nowhere", "mlp", "does not exist")]
    [InlineData("few", "mlp", "none came into")]
    [InlineData("data", "nothing", "There is no network 'nothing'")]
    public void Train_BadInput_OneLineAndExitCode2(string data, string model, string message)
    {
        Stripes.Write(_directory.File("few"), 2);
        Stripes.Write(_directory.File("data"), 100);

        var ended = Published.Run(Program, Deadline, "train", "--model", model, "--data", _directory.File(data), "--out", _directory.File("run"));

        Assert.Equal(BadInput, ended.ExitCode);
        Assert.Contains(message, Assert.Single(ended.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory.File("run")));
    }
}
