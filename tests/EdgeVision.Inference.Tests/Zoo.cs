using System.Diagnostics;
using EdgeVision.Packaging;

namespace EdgeVision.Inference.Tests;

/// <summary>The project's own model packages, assembled once for the test run; a test that needs one without its network is skipped.</summary>
internal static class Zoo
{
    private static readonly string Folder = Path.Combine(TestData.RepositoryRoot, "artifacts", "models-inference-tests");

    private static readonly Lazy<int> Assembled = new(Assemble);

    public static ModelPackage Open(string name)
    {
        TestData.Require("models/yolox_nano/yolox_nano.onnx");
        Assert.Equal(0, Assembled.Value);
        return ModelPackage.Open(Path.Combine(Folder, name));
    }

    public static VisionModel Load(string name, InferenceOptions? options = null) => VisionModel.Load(Open(name), options ?? new InferenceOptions());

    /// <summary>A copy of a package with another manifest or other files, written into a folder.</summary>
    public static ModelPackage Change(string name, string folder, Func<Manifest, Manifest> change, params ReadOnlySpan<(string Name, byte[] Bytes)> files)
    {
        var package = Open(name);
        var contents = package.Manifest.Files.ToDictionary(file => file.Name, package.Read);
        foreach (var (file, bytes) in files)
        {
            contents[file] = bytes;
        }

        return PackageWriter.Write(folder, change(package.Manifest), contents);
    }

    private static int Assemble()
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(TestData.RepositoryRoot, "models", "assemble.sh"), Folder])
        {
            Environment = { ["EDGEVISION_DATA"] = TestData.Root },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
