using EdgeVision.Inference;
using EdgeVision.Planted;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

/// <summary>One package, several forms of one network: the fastest that answers rightly is chosen, on this very machine (I4).</summary>
public sealed class VariantTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Run_SlowWrongAndSoundVariant_ChoosesTheSoundOneAndReportsAll()
    {
        using var folder = new TemporaryDirectory();
        var planted = PlantedSet.Bad().Where(model => model.Name is "half as slow again" or "boxes 1.3 times as large").ToDictionary(model => model.Name);
        var (slow, wrong) = (planted["half as slow again"], planted["boxes 1.3 times as large"]);
        var package = PlantedPackage.Write(folder.Path, slow, new("slow", slow.Network), new("wrong", wrong.Network), new("sound", slow.Base.Network));

        var verdict = await new DeviceExam(new TrialOptions { Examiner = Published.Daemon }, new InferenceOptions(), TimeProvider.System).RunAsync(package, null, TestContext.Current.CancellationToken);

        output.WriteLine(verdict.Evidence.ToJsonString());
        Assert.Equal((TrialOutcome.Pass, "sound"), (verdict.Outcome, verdict.Variant));
        var variants = verdict.Evidence["variants"]!.AsArray().ToDictionary(variant => (string)variant!["variant"]!, variant => variant!);
        Assert.Equal(0, (int)variants["slow"]["code"]!);
        Assert.Equal((int)UpdateCode.Golden, (int)variants["wrong"]["code"]!);
        Assert.True((double)variants["sound"]["p50"]! < (double)variants["slow"]["p50"]!);
    }
}
