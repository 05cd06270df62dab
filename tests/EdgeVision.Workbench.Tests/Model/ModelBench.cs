using System.Text.Json;

namespace EdgeVision.Workbench.Tests;

/// <summary><c>edgevision model ...</c> as it is published.</summary>
internal static class ModelBench
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    public static ProgramOutput Run(params string[] arguments) => Published.Run(Published.Workbench, Deadline, ["model", .. arguments]);

    public static JsonElement Json(params string[] arguments)
    {
        var output = Run([.. arguments, "--json"]);
        Assert.True(output.ExitCode == 0, $"{string.Join(' ', arguments)}: {output.Error}");
        return JsonDocument.Parse(output.Output).RootElement;
    }
}
