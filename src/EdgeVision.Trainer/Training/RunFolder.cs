using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Storage;

namespace EdgeVision.Trainer.Training;

/// <summary>Where a run keeps what it does: <c>run.json</c>, <c>data.version.json</c>, <c>metrics.jsonl</c>, <c>checkpoint.safetensors</c>, and at the end <c>model.safetensors</c>, <c>model.onnx</c>, <c>result.json</c> and <c>report.html</c>.</summary>
internal sealed class RunFolder
{
    private RunFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    public string Checkpoint => File("checkpoint.safetensors");

    /// <summary>Weights of the epoch with the best validation, while it is watched for.</summary>
    public string Best => File("best.safetensors");

    /// <summary>Weights that it begins with, where these are another run's.</summary>
    public string Start => File("start.safetensors");

    /// <summary>In 8 bits.</summary>
    public string Int8 => File("model.int8.onnx");

    public string Weights => File("model.safetensors");

    public string Onnx => File("model.onnx");

    /// <summary>The frozen set that it learns from.</summary>
    public string Data => File("data.version.json");

    /// <summary>For people.</summary>
    public string Report => File("report.html");

    private string Run => File("run.json");

    private string Metrics => File("metrics.jsonl");

    private string Result => File("result.json");

    public static bool Exists(string path) => System.IO.File.Exists(new RunFolder(path).Run);

    /// <param name="start">What it begins with; null = by the seed.</param>
    /// <exception cref="TrainerException">A run is there already, or nothing can be written there.</exception>
    public static RunFolder Create(string path, RunDescription run, DatasetVersion data, Network? start = null)
    {
        var folder = new RunFolder(path);
        if (Exists(path))
        {
            throw new TrainerException($"{path} holds a run: edgevision-trainer resume {path} goes on with it; for a new one give another folder.");
        }

        try
        {
            Directory.CreateDirectory(folder.Path);
            VersionFile.Write(data, folder.Data);
            if (start is not null)
            {
                WeightsFile.Save(folder.Start, start);
            }

            Write(folder.Run, run, RunJson.Default.RunDescription);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainerException($"{path} cannot be written to: {exception.Message} Give another folder.", exception);
        }
    }

    /// <exception cref="TrainerException">No run is there, or its description is damaged.</exception>
    public static (RunFolder Folder, RunDescription Run) Open(string path)
    {
        var folder = new RunFolder(path);
        return Exists(path)
            ? (folder, Read(folder.Run, RunJson.Default.RunDescription))
            : throw new TrainerException($"{path} holds no run: there is no run.json. Give the folder that train was given with --out.");
    }

    /// <summary>A run that came to its end, with what came of it.</summary>
    /// <exception cref="TrainerException">No run is there, it is not done, or it is damaged.</exception>
    public static (RunFolder Folder, RunDescription Run, RunResult Result) OpenDone(string path)
    {
        var (folder, run) = Open(path);
        return (folder, run, folder.ReadResult() ?? throw new TrainerException($"{path} is not done: edgevision-trainer resume {path} goes on with it."));
    }

    public void Add(EpochMetrics epoch) => System.IO.File.AppendAllText(Metrics, JsonSerializer.Serialize(epoch, RunJson.Default.EpochMetrics) + "\n");

    /// <exception cref="TrainerException">They are damaged.</exception>
    public IReadOnlyList<EpochMetrics> ReadEpochs() => System.IO.File.Exists(Metrics) ? [.. System.IO.File.ReadLines(Metrics).Select(Epoch)] : [];

    /// <summary>Leaves the lines of the first epochs alone: what was written after the last checkpoint will be again.</summary>
    public void KeepEpochs(int count)
    {
        if (System.IO.File.Exists(Metrics))
        {
            var lines = System.IO.File.ReadAllLines(Metrics).Take(count).ToArray();
            System.IO.File.WriteAllLines(Metrics, lines);
        }
    }

    public void Finish(RunResult result) => Write(Result, result, RunJson.Default.RunResult);

    /// <summary>Null while the run is not done.</summary>
    /// <exception cref="TrainerException">It is damaged.</exception>
    public RunResult? ReadResult() => System.IO.File.Exists(Result) ? Read(Result, RunJson.Default.RunResult) : null;

    private EpochMetrics Epoch(string line) => Parsed(Metrics, () => Encoding.UTF8.GetBytes(line), RunJson.Default.EpochMetrics);

    private static T Read<T>(string path, JsonTypeInfo<T> type) => Parsed(path, () => System.IO.File.ReadAllBytes(path), type);

    private static T Parsed<T>(string path, Func<byte[]> read, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(read(), type) ?? throw new JsonException("it is empty.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new TrainerException($"{path} cannot be read: {exception.Message} Train again into another folder.", exception);
        }
    }

    private static void Write<T>(string path, T value, JsonTypeInfo<T> type) => AtomicFile.Write(path, file => JsonSerializer.Serialize(file, value, type));

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
