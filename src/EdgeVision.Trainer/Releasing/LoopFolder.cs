using System.Globalization;
using System.Text.Json;
using EdgeVision.Trainer.Storage;

namespace EdgeVision.Trainer;

/// <summary>Rounds of the loop: <c>1</c>, <c>2</c>, ..., in each <c>run</c>, <c>package</c> when it left, and <c>release.json</c> when it is over.</summary>
internal sealed class LoopFolder
{
    private const string ReleaseName = "release.json";

    private readonly string _path;

    private LoopFolder(string path, int round) => (_path, Round) = (path, round);

    /// <summary>The one that is to be done, from 1: a new one, or the last where it was stopped.</summary>
    public int Round { get; }

    public string Run => In(Round, "run");

    public string Package => In(Round, "package");

    /// <summary>The frozen set of the round before; null in the first.</summary>
    public string? EarlierData => Round > 1 ? In(Round - 1, "run", "data.version.json") : null;

    /// <summary>Of the last round that left: its run, and its package.</summary>
    public (string Run, string Package)? Serving => Enumerable.Range(1, Round - 1).Reverse().Where(round => ReadRelease(round)?.Package is not null).Select(round => ((string, string)?)(In(round, "run"), In(round, "package"))).FirstOrDefault();

    public static LoopFolder Open(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(full);
        var last = Directory.EnumerateDirectories(full).Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var round) ? round : 0).DefaultIfEmpty(0).Max();
        var isOver = last == 0 || File.Exists(Path.Combine(full, Name(last), ReleaseName));
        return new LoopFolder(full, isOver ? last + 1 : last);
    }

    public void Finish(ReleaseResult release) => AtomicFile.Write(In(Round, ReleaseName), file => JsonSerializer.Serialize(file, release, ReleaseJson.Default.ReleaseResult));

    private static string Name(int round) => round.ToString(CultureInfo.InvariantCulture);

    private string In(int round, params ReadOnlySpan<string> names) => Path.Combine([_path, Name(round), .. names]);

    private ReleaseResult? ReadRelease(int round)
    {
        var path = In(round, ReleaseName);
        return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ReleaseJson.Default.ReleaseResult) : null;
    }
}
