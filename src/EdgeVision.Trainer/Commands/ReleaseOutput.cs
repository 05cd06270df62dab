using System.CommandLine;
using System.Text.Json;
using EdgeVision.Trainer.Commands;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer;

/// <summary>A release shown while it goes on, and its result: for people, and as one line of JSON.</summary>
internal static class ReleaseOutput
{
    public static int Show(ParseResult arguments, ReleaseRequest request, CancellationToken stop, Action<ReleaseResult>? done = null)
    {
        var warnings = new List<string>();
        var result = ProgressDisplay.Run(display => new ReleaseRun(request, (what, share) => display.Show(what, share), warnings.Add).Run(stop));
        done?.Invoke(result);
        foreach (var warning in warnings)
        {
            Console.Error.WriteLine($"edgevision-trainer: {warning}");
        }

        if (!arguments.GetValue(RunOutput.Json))
        {
            Print(result);
        }

        Console.WriteLine(JsonSerializer.Serialize(result, ReleaseJson.Default.ReleaseResult));
        return result.Refusal is null ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static void Print(ReleaseResult result)
    {
        if (result.Refusal is not null)
        {
            Console.WriteLine($"{result.Model} {result.Version} does not leave: {result.Refusal}");
            return;
        }

        var fastest = result.Variants[0];
        Console.WriteLine(FormattableString.Invariant($"{result.Model} {result.Version}, counter {result.Counter}: {result.Metric} {result.Value:0.0000} ({result.Low:0.0000} to {result.High:0.0000}) on {result.N} test pictures, float {result.Float:0.0000}"));
        Console.WriteLine(FormattableString.Invariant($"{fastest.Kind}: {fastest.Bytes:#,0} bytes, {fastest.SizeRatio:0.00} of the float file, {fastest.Speedup:0.00}x as fast here; {result.Variants.Count} variants in {result.Package}"));
        Console.WriteLine(result.Repository is null ? "not published: give --repository DIR" : result.Published ? $"published in {result.Repository}" : $"waits in {result.Repository} for signatures of keys that are not here: edgevision repo status {result.Repository}");
    }
}
