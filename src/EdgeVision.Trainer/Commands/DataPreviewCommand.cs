using System.CommandLine;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer;

/// <summary><c>data preview</c>: augmented pictures as they would be learned from, on one sheet to look at.</summary>
internal static class DataPreviewCommand
{
    private static readonly Option<string> Output = new("--out") { Description = "PNG to write", Required = true, HelpName = "FILE" };
    private static readonly Option<string> Augment = new("--augment") { Description = $"{string.Join(", ", AugmentationPolicy.Names)}, with a strength as strong:0.5, without a step as standard,-flip; standard when not given", HelpName = "POLICY", DefaultValueFactory = _ => "standard" };
    private static readonly Option<int> Pictures = NumberOption.Of("--pictures", "a row each; 6 when not given", 1, 24, 6);
    private static readonly Option<int> Size = NumberOption.Of("--size", "side of the network's input, pixels; the pictures' own up to 320 when not given", 8, 640, 0);

    public static Command Create()
    {
        var command = new Command("preview", "draw augmented pictures with their boxes and masks on one sheet, as they would be learned from")
            .With([.. DataOptions.Which, Augment, Pictures, Size, Output, DataOptions.Seed, DataOptions.Threads]);
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        var policy = AugmentationPolicy.Parse(arguments.GetRequiredValue(Augment));
        // All findings are accepted, because looking at a set harms nobody.
        using var data = DataOptions.WishOf(arguments).Open(new FreezeOptions { Name = "preview", Shares = new SplitShares(0, 0), Accepted = Enum.GetValues<FindingKind>() }, arguments.GetValue(DataOptions.Threads), stop);
        var png = ContactSheet.Draw(data, policy, arguments.GetValue(Pictures), arguments.GetValue(Size), arguments.GetValue(DataOptions.Seed), stop);
        File.WriteAllBytes(arguments.GetRequiredValue(Output), png);
        return ExitCodes.Done;
    }
}
