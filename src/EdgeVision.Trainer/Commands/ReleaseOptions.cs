using System.CommandLine;
using EdgeVision.Packaging;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer;

/// <summary>What a release takes, by itself or at the end of the loop.</summary>
internal static class ReleaseOptions
{
    public static readonly Option<string> Name = new("--name") { Description = "the model's name: a-z 0-9 . _ -", Required = true, HelpName = "NAME" };
    public static readonly Option<string?> Version = new("--version") { Description = "1.0.0, or one after the last, when not given", HelpName = "VERSION" };
    public static readonly Option<string?> Against = new("--against") { Description = "package in service: a model that is worse on the test pictures does not leave", HelpName = "DIR" };

    private static readonly Option<string?> Repository = new("--repository") { Description = "signed repository to publish to; made with development keys where there is none", HelpName = "DIR" };
    private static readonly Option<string?> Keys = new("--keys") { Description = "folder of private keys (*.pem) to sign with; that of the repository's name with .keys when not given", HelpName = "DIR" };
    private static readonly Option<double> MaxDrop = new("--max-drop") { Description = "most that may be lost, in points of a hundred; 0.5 when not given", HelpName = "POINTS", DefaultValueFactory = _ => 0.5 };
    private static readonly Option<double> AtLeast = new("--at-least") { Description = "least that the metric must be on the test pictures, 0 to 1", HelpName = "SHARE" };
    private static readonly Option<double> Shadow = new("--shadow-minutes") { Description = "how long the device watches it beside the one in service; 10 when not given", HelpName = "N", DefaultValueFactory = _ => new ShadowGate().MinMinutes };
    private static readonly Option<int> ShadowFrames = new("--shadow-frames") { Description = "frames of that at least, 0 = no shadow run; 500 when not given", HelpName = "N", DefaultValueFactory = _ => new ShadowGate().MinFrames };
    private static readonly Option<double> Probation = new("--probation-minutes") { Description = "how long the device watches it in service before it is kept; 60 when not given", HelpName = "N", DefaultValueFactory = _ => new ProbationGate().MinMinutes };
    private static readonly Option<int> ProbationFrames = new("--probation-frames") { Description = "frames of that at least; 5000 when not given", HelpName = "N", DefaultValueFactory = _ => new ProbationGate().MinFrames };
    private static readonly Option<bool> Quick = new("--quick") { Description = "leave out what takes compression longest and mostly brings little" };

    public static IReadOnlyList<Option> All { get; } = [Name, Version, Repository, Keys, MaxDrop, AtLeast, Shadow, ShadowFrames, Probation, ProbationFrames, TargetOption.Target, Quick];

    public static ReleaseRequest RequestOf(ParseResult arguments, string run, string output, string? against) => new()
    {
        Run = run,
        Output = output,
        Against = against,
        Name = arguments.GetRequiredValue(Name),
        Version = arguments.GetValue(Version),
        Repository = arguments.GetValue(Repository),
        Keys = arguments.GetValue(Keys),
        MaxDrop = arguments.GetValue(MaxDrop),
        AtLeast = arguments.GetValue(AtLeast),
        Target = arguments.GetValue(TargetOption.Target),
        Quick = arguments.GetValue(Quick),
        Gates = new ManifestGates
        {
            Shadow = new ShadowGate { MinMinutes = arguments.GetValue(Shadow), MinFrames = arguments.GetValue(ShadowFrames) },
            Probation = new ProbationGate { MinMinutes = arguments.GetValue(Probation), MinFrames = arguments.GetValue(ProbationFrames) },
        },
    };
}
