using System.Globalization;
using System.Text;

namespace EdgeVision.Packaging.Tests;

/// <summary>Every parser of what a package holds: it answers, or throws what its documentation says, within little memory, whatever it is given. Longer with EDGEVISION_SOAK_CYCLES.</summary>
public sealed class PackageFuzzTests
{
    private const long MaxBytes = 64 << 20;

    private static readonly int Rounds = 20_000 * int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public void OnnxWalker_AnyBytes_AreJudged() => Walk(1, (fuzz, files) => fuzz.Mutate(files), sound: 0.02);

    [Fact]
    public void OnnxWalker_AnyChangeInTheTree_IsJudged() => Walk(2, (fuzz, files) => OnnxMutation.Apply(fuzz.Pick(files), OnnxMessage.Model, fuzz), sound: 0.1);

    [Fact]
    public void ManifestReader_AnyBytes_AreAManifestOrRefused()
    {
        byte[][] good = [Encoding.UTF8.GetBytes(ManifestText.Smallest), .. Directory.GetFiles(Path.Combine(TestData.RepositoryRoot, "models", "zoo"), "manifest.json", SearchOption.AllDirectories).Select(File.ReadAllBytes)];

        Run(3, 0.02, fuzz => IsRead(() => ManifestReader.Read(fuzz.Mutate(good), "fuzz")));
    }

    [Fact]
    public void GoldenSet_AnyBytes_AreASetOrRefused()
    {
        byte[] picture = [0xFF, 0xD8, 0xFF, .. new byte[60]];
        byte[][] good =
        [
            new GoldenSet(GoldenKind.Boxes, [new GoldenFrame("a.jpg", picture, [new GoldenAnswer(1, 0.5f, 1, 2, 3, 4)]), new GoldenFrame("b.jpg", picture, [])]).Write(),
            new GoldenSet(GoldenKind.Classes, [new GoldenFrame("c.jpg", picture, [new GoldenAnswer(1, 0.5f), new GoldenAnswer(2, 0.25f)])]).Write(),
        ];

        Run(4, 0.02, fuzz => IsRead(() => GoldenSet.Read(fuzz.Mutate(good), "fuzz")));
    }

    private static void Walk(int seed, Func<FuzzBytes, byte[][], byte[]> mutate, double sound)
    {
        byte[][] files = [.. OnnxCases.All.Values.Where(known => known.Problem != OnnxProblem.None || known.Reason.Length == 0).Select(known => known.File()).Where(file => file.Length < 50_000), .. RealNetworks()];
        var limits = new OnnxLimits();
        Run(seed, sound, fuzz =>
        {
            var verdict = OnnxWalker.Check(mutate(fuzz, files), limits);
            Assert.Equal(verdict.IsOk, verdict.Describe("").Trim().Length == 0);
            return verdict.IsOk;
        });
    }

    // Where the data is there: whatever is small enough to be changed some thousand times a second.
    private static IEnumerable<byte[]> RealNetworks() => Directory.Exists(TestData.Root)
        ? Directory.GetFiles(TestData.Root, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(file => file.Length < 50_000)
        : [];

    private static bool IsRead(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (PackageException exception)
        {
            Assert.StartsWith("fuzz", exception.Message, StringComparison.Ordinal);
            return false;
        }
    }

    /// <param name="sound">Least share of the rounds that must be taken, or the changes would test nothing but the first check.</param>
    private static void Run(int seed, double sound, Func<FuzzBytes, bool> round)
    {
        var fuzz = new FuzzBytes(seed);
        var taken = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            taken += round(fuzz) ? 1 : 0;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
        }

        Assert.InRange(taken, (int)(Rounds * sound), Rounds - 1);
    }
}
