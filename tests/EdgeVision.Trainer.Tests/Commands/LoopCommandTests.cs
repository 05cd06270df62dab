using System.Text.Json;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Tests.Training;

namespace EdgeVision.Trainer.Tests.Commands;

/// <summary>The program itself, from data to signed releases.</summary>
public sealed class LoopCommandTests : IDisposable
{
    private const int Refused = 3;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "edgevision-trainer");
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Loop_MoreDataThenAWorseTraining_ReleasesTheSecondAndRefusesTheThird()
    {
        var first = Round(count: 400, 0, "--epochs", "8");
        Assert.Equal(("1.0.0", 1), (Text(first, "version"), first.GetProperty("counter").GetInt32()));
        var package = ModelPackage.Open(Text(first, "package"));
        var card = File.ReadAllText(package.PathOf(package.Manifest.FileOf("card")!));
        Assert.Contains("--epochs 8", card, StringComparison.Ordinal);
        Assert.DoesNotContain(_directory.Path, card, StringComparison.Ordinal); // it goes to every device
        Assert.StartsWith("sha256:", package.Manifest.Provenance!.DatasetDigest, StringComparison.Ordinal);

        var second = Round(count: 800, 0, "--epochs", "4");
        Assert.Equal(("1.0.1", 2), (Text(second, "version"), second.GetProperty("counter").GetInt32()));
        Assert.True(second.GetProperty("serving").GetDouble() <= second.GetProperty("value").GetDouble());
        Assert.Empty(Of("1", "Train").Intersect(Of("2", "Test"))); // what was learnt from is never tested on
        Assert.NotEmpty(Of("1", "Test").Intersect(Of("2", "Test")));

        var third = Round(count: 800, Refused, "--fresh", "--epochs", "1", "--learning-rate", "1e-7");
        Assert.Contains("it is worse", Text(third, "refusal"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory.File("rounds/3/package")));
    }

    private JsonElement Round(int count, int exitCode, params string[] options)
    {
        var data = Stripes.Write(_directory.File("data"), count);
        var ended = Published.Run(Program, Deadline,
            ["loop", "--model", "mlp", "--data", data, "--name", "stripes", "--out", _directory.File("rounds"), "--repository", _directory.File("models"), "--max-drop", "2", "--quick", "--threads", "1", "--json", .. options]);
        Assert.True(ended.ExitCode == exitCode, ended.Error + ended.Output);
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    private IEnumerable<string> Of(string round, string split) => JsonDocument.Parse(File.ReadAllBytes(_directory.File($"rounds/{round}/run/data.version.json"))).RootElement.GetProperty("items").EnumerateArray()
        .Where(item => item.GetProperty("split").GetString() == split).Select(item => Text(item, "sha256"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
