using EdgeVision.Packaging;

namespace EdgeVision.Inference.Tests;

public sealed class RuntimeTelemetryTests
{
    [Fact]
    public void Load_AnyModel_TheRuntimeKeepsNoDatabaseOfItsUseAndSendsNothing()
    {
        using var model = VisionModel.Load(ModelPackage.Open(Published.Model("mnist-cnn")), new InferenceOptions());

        model.RunBare();

        // it would hold .onnxruntime/onnxruntime.db in the user's cache open, from its first session on
        var open = new DirectoryInfo("/proc/self/fd").GetFileSystemInfos().Select(file => file.LinkTarget ?? "").ToList();
        Assert.DoesNotContain(open, path => path.Contains("onnxruntime.db", StringComparison.Ordinal));
        Assert.Contains(open, path => path.Length > 0);
    }
}
