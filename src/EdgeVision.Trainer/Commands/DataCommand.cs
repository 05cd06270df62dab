using System.CommandLine;

namespace EdgeVision.Trainer;

/// <summary><c>edgevision-trainer data</c></summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "pictures and their labels: take in, judge, freeze, look at")
    {
        DataImportCommand.Create(),
        DataCheckCommand.Create(),
        DataFreezeCommand.Create(),
        DataReportCommand.Create(),
        DataPreviewCommand.Create(),
        DataDigitsCommand.Create(),
        DataIntersectionCommand.Create(),
    };
}
