using System.CommandLine;

namespace EdgeVision.Trainer;

/// <summary>What the commands on data do first: look at all pictures, and judge them.</summary>
internal static class DataWork
{
    public static QualityReport Judge(ParseResult arguments, CancellationToken stop)
    {
        var survey = DataOptions.WishOf(arguments).Survey(arguments.GetValue(DataOptions.Threads), stop);
        return QualityCheck.Run(survey, !arguments.GetValue(DataOptions.Exact), stop);
    }
}
