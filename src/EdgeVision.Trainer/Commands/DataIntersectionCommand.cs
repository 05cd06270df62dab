using System.CommandLine;
using EdgeVision.Capture;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer;

/// <summary><c>data intersection</c>: streets that nobody filmed, with labels that nobody drew.</summary>
internal static class DataIntersectionCommand
{
    private static readonly Option<string> Output = new("--out") { Description = "folder to write", Required = true, HelpName = "DIR" };
    private static readonly Option<int> Pictures = NumberOption.Of("--pictures", "four of a scene, then another scene; 2000 when not given", 1, 1_000_000, 2_000);
    private static readonly Option<SceneLight> Light = WordOption.Of("--light", "auto when not given: each scene has its own hour", SceneLight.Auto, ("day", SceneLight.Day), ("night", SceneLight.Night), ("auto", SceneLight.Auto));
    private static readonly Option<SceneWeather> Weather = WordOption.Of("--weather", "auto when not given: rain in every third scene", SceneWeather.Auto, ("clear", SceneWeather.Clear), ("rain", SceneWeather.Rain), ("auto", SceneWeather.Auto));
    private static readonly Option<string> Size = new("--size") { Description = "pixels; 640x360 when not given", HelpName = "WxH", DefaultValueFactory = _ => "640x360", Validators = { result => DataOptions.Require(result, SizeOf(result.GetValueOrDefault<string>()) is (>= 64 and <= 1920, >= 64 and <= 1080), "--size is width x height, 64x64 to 1920x1080, as in 640x360.") } };
    private static readonly Option<int> Least = NumberOption.Of("--least", "pixels of the longer side below which nobody has to be found; 8 when not given", 1, 1_000, 8, "PIXELS");

    public static Command Create()
    {
        var command = new Command("intersection", "write pictures of synthetic intersections with COCO's annotations.json; another --seed shows other places").With([Output, Pictures, DataOptions.Seed, Light, Weather, Size, Least, DataOptions.Threads]);
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        var (width, height) = SizeOf(arguments.GetRequiredValue(Size));
        IntersectionSet.Write(arguments.GetRequiredValue(Output), new IntersectionOptions
        {
            Pictures = arguments.GetValue(Pictures), Seed = arguments.GetValue(DataOptions.Seed), Light = arguments.GetValue(Light), Weather = arguments.GetValue(Weather),
            Width = width, Height = height, Least = arguments.GetValue(Least), Threads = arguments.GetValue(DataOptions.Threads),
        }, stop);
        return ExitCodes.Done;
    }

    /// <returns>0x0 where it is no size.</returns>
    private static (int Width, int Height) SizeOf(string? text) =>
        text?.Split('x') is [var width, var height] && ushort.TryParse(width, out var pixels) && ushort.TryParse(height, out var lines) ? (pixels, lines) : default;
}
