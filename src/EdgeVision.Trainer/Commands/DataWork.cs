using System.CommandLine;

namespace EdgeVision.Trainer;

/// <summary>What the commands on data do first: look at all pictures.</summary>
internal static class DataWork
{
    public static bool IsVersion(string path) => path.EndsWith(".version.json", StringComparison.OrdinalIgnoreCase);

    public static QualityReport Judge(ParseResult arguments, CancellationToken stop)
    {
        var wish = DataOptions.WishOf(arguments);
        var threads = arguments.GetValue(DataOptions.Threads);
        return QualityCheck.Run(Survey(wish, threads, stop), !arguments.GetValue(DataOptions.Exact), stop);
    }

    /// <summary>What is named, ready to be trained from: a frozen version as it is, anything else frozen now, in memory alone.</summary>
    public static OpenedVersion Open(DataWish wish, FreezeOptions options, int threads, CancellationToken stop = default) => IsVersion(wish.Data)
        ? OpenedVersion.Open(wish.Data)
        : new OpenedVersion(VersionFreezer.Freeze(QualityCheck.Run(Survey(wish, threads, stop), stop: stop), options));

    private static Survey Survey(DataWish wish, int threads, CancellationToken stop)
    {
        if (!IsVersion(wish.Data))
        {
            return Surveyor.Survey(wish.Sources(), wish.Classes, threads, stop: stop);
        }

        using var opened = OpenedVersion.Open(wish.Data);
        return VersionSurvey.Of(opened, threads, stop: stop);
    }
}
