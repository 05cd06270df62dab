using System.Runtime.InteropServices;
using EdgeVision.Trainer.Storage;
using EdgeVision.Trainer.Tests.Training;

namespace EdgeVision.Trainer.Tests.Distributed;

/// <summary>The program itself, as processes that OpenMPI starts.</summary>
public sealed partial class DistributedTrainingTests : IDisposable
{
    private const int Kill = 9, Stop = 19, Terminate = 15, BadInput = 2, Interrupted = 4;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60), SecondsLater = TimeSpan.FromSeconds(10);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Train_TenStepsOfTwoRanks_AreThoseOfOne()
    {
        var arguments = Arguments("two", epochs: 1, "--samples", "320");
        using (var two = Ranks.Start([], arguments, arguments))
        {
            Assert.Equal(0, two.WaitForExit(Deadline).ExitCode);
        }

        using (var one = Ranks.Start([], Arguments("one", epochs: 1, "--samples", "320")))
        {
            var ended = one.WaitForExit(Deadline);
            Assert.Equal(0, ended.ExitCode);
            Assert.DoesNotContain('\e', ended.Output); // nothing but JSON, though mpirun gives ranks a terminal
        }

        Assert.Contains("mpirun -np 2 edgevision-trainer train", File.ReadAllText(_directory.File("two/run.json")), StringComparison.Ordinal); // how many they were belongs to how it was made
        var (expected, weights) = (Weights("one"), Weights("two"));
        var difference = Math.Sqrt(expected.Zip(weights, (a, b) => Math.Pow(a - b, 2)).Sum() / expected.Sum(a => Math.Pow(a, 2)));
        Assert.InRange(difference, 0, 2e-6); // 2e-7 is rounding, and Adam divides by gradients that are nearly nothing
    }

    [Fact]
    public void Prune_TwoRanks_TrainsOnTogetherAndSaysSo()
    {
        using (var one = Ranks.Start([], Arguments("whole", epochs: 1, "--samples", "320")))
        {
            Assert.Equal(0, one.WaitForExit(Deadline).ExitCode);
        }

        string[] arguments = ["prune", _directory.File("whole"), "--macs", "0.8", "--epochs", "1", "--out", _directory.File("pruned")];
        using var two = Ranks.Start([], arguments, arguments);
        Assert.Equal(0, two.WaitForExit(Deadline).ExitCode);

        Assert.Contains("mpirun -np 2 edgevision-trainer prune", File.ReadAllText(_directory.File("pruned/run.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_RankKilled_AllEndSayingWhichAndResumeEndsWithTheSameBits()
    {
        var arguments = Arguments("whole", epochs: 6, "--dropout", "0.1");
        using (var whole = Ranks.Start([], arguments, arguments))
        {
            Assert.Equal(0, whole.WaitForExit(Deadline).ExitCode);
        }

        arguments = Arguments("parts", epochs: 6, "--dropout", "0.1");
        using (var broken = Ranks.Start([], arguments, arguments))
        {
            broken.WaitForText("epoch 3 of 6", Deadline);
            var processes = Ranks.Processes(broken);
            Signal(Ranks.ProcessOf(broken, rank: 1), Kill);
            var ended = broken.WaitForExit(SecondsLater);

            Assert.NotEqual(0, ended.ExitCode);
            Assert.Contains("rank 1 of 2 (process ", ended.Error, StringComparison.Ordinal);
            Assert.Contains($"resume {_directory.File("parts")} goes on from the last checkpoint", ended.Error, StringComparison.Ordinal);
            Eventually.True(() => processes.All(Ranks.IsGone), SecondsLater, () => "a rank still runs");
        }

        string[] resume = ["resume", _directory.File("parts")];
        using (var stopped = Ranks.Start([], resume, resume))
        {
            stopped.WaitForText("epoch 4 of 6", Deadline);
            Signal(Ranks.ProcessOf(stopped, rank: 1), Terminate); // one is told to stop, all do, in the same step
            Assert.Equal(Interrupted, stopped.WaitForExit(SecondsLater).ExitCode);
        }

        using var resumed = Ranks.Start([], resume, resume);
        Assert.Equal(0, resumed.WaitForExit(Deadline).ExitCode);
        Assert.Equal(File.ReadAllBytes(_directory.File("whole/model.safetensors")), File.ReadAllBytes(_directory.File("parts/model.safetensors")));
        Assert.Equal(6, File.ReadAllLines(_directory.File("parts/metrics.jsonl")).Length);
    }

    [Fact]
    public void Train_FirstRankHangs_AllEndSayingWhich()
    {
        var arguments = Arguments("run", epochs: 1000);
        using var hanging = Ranks.Start(["-x", "EDGEVISION_RANK_PATIENCE=1"], arguments, arguments);
        hanging.WaitForText("epoch 2 of 1000", Deadline);
        Signal(Ranks.ProcessOf(hanging, rank: 0), Stop);

        var ended = hanging.WaitForExit(SecondsLater);

        Assert.NotEqual(0, ended.ExitCode);
        Assert.Matches("rank 0 of 2 \\(process .* has done nothing for 1 s", ended.Error);
    }

    [Fact]
    public void Train_RankFailsAlone_IsSaidInOneLineAndEndsAll()
    {
        using var failing = Ranks.Start([], Arguments("run", epochs: 1000), Arguments("elsewhere", epochs: 1000));

        var ended = failing.WaitForExit(Deadline);

        Assert.Equal(BadInput, ended.ExitCode);
        var line = Assert.Single(ended.Error.Split('\n'), line => line.StartsWith("edgevision-trainer:", StringComparison.Ordinal));
        Assert.Matches("^edgevision-trainer: rank 1 of 2 \\(process .*give a folder that all machines share", line);
    }

    private string[] Arguments(string run, int epochs, params string[] more)
    {
        var data = Directory.Exists(_directory.File("data")) ? _directory.File("data") : Stripes.Write(_directory.File("data"), 2_000);
        return ["train", "--model", "mlp", "--data", data, "--epochs", $"{epochs}", "--threads", "1", "--seed", "5", "--json", "--out", _directory.File(run), .. more];
    }

    private float[] Weights(string run) =>
        [.. SafetensorsFile.Read(_directory.File($"{run}/model.safetensors")).Tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal).SelectMany(tensor => MemoryMarshal.Cast<byte, float>(tensor.Value.Data).ToArray())];

    private static void Signal(int process, int signal) => Assert.Equal(0, Send(process, signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
