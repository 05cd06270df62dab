using EdgeVision.Packaging;

namespace EdgeVision.Inference.Tests;

public sealed class ProviderPolicyTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void VisionModel_RequiresCudaWithoutCuda_RefusesAndTellsTheWayOut()
    {
        var message = Assert.Throws<InferenceException>(() => Zoo.Load("mnist-cnn", new InferenceOptions { Require = "cuda" })).Message;

        Assert.Contains("requires cuda", message, StringComparison.Ordinal);
        Assert.Contains("nodes would run on cpu", message, StringComparison.Ordinal);
        Assert.Contains("Put an ONNX Runtime library", message, StringComparison.Ordinal);
    }

    [Fact]
    public void VisionModel_RequiresCudaButMayDegrade_RunsAndSaysSo()
    {
        using var model = Zoo.Load("mnist-cnn", new InferenceOptions { Require = "cuda", AllowDegraded = true });

        Assert.True(model.Placement.Degraded);
        Assert.Equal("cpu", model.Placement.Provider);
        Assert.Equal("cpu", Assert.Single(model.Placement.NodesByProvider).Key);
    }

    [Fact]
    public void VisionModel_ManifestRequiresTensorrt_RefusesOnTheCpu()
    {
        var package = Zoo.Change(
            "mnist-cnn", _folder.Path, manifest => manifest with { Requires = new ManifestRequirements { ExecutionProviders = ["tensorrt", "cuda"] } });

        var message = Assert.Throws<InferenceException>(() => VisionModel.Load(package, new InferenceOptions())).Message;

        Assert.Contains("requires tensorrt or cuda", message, StringComparison.Ordinal);
    }

    [Fact]
    public void VisionModel_RequiresCpu_IsNotDegraded()
    {
        using var model = Zoo.Load("mnist-cnn", new InferenceOptions { Require = "cpu" });

        Assert.False(model.Placement.Degraded);
    }

    [Fact]
    public void ProviderPolicy_SomeNodesElsewhere_CountsThem()
    {
        var policy = new ProviderPolicy(["cuda"], AllowDegraded: false);
        var nodes = new Dictionary<string, int> { ["cuda"] = 90, ["cpu"] = 3 };

        Assert.Contains("3 nodes would run on cpu", Assert.Throws<InferenceException>(() => policy.IsDegraded("toy", nodes, "")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProviderPolicy_WantedInOrder_ChoosesThoseThereAndAllowed()
    {
        Assert.Equal(["cuda", "cpu"], new ProviderPolicy([], false).Choose(["tensorrt", "cuda", "cpu"], ["cpu", "cuda"]));
        Assert.Equal(["cpu"], new ProviderPolicy(["cpu"], false).Choose(["tensorrt", "cuda", "cpu"], ["cpu", "cuda"]));
    }

    [Fact]
    public void VisionModel_AnotherNativeLibrary_IsRefusedOnceOneIsLoaded()
    {
        using var model = Zoo.Load("mnist-cnn");

        var message = Assert.Throws<InferenceException>(() => Zoo.Load("mnist-cnn", new InferenceOptions { NativeLibrary = _folder.File("libonnxruntime.so") })).Message;

        Assert.Contains("restart the daemon", message, StringComparison.Ordinal);
    }
}
