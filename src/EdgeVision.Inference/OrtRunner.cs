using System.Numerics.Tensors;
using EdgeVision.Packaging;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Inference;

/// <summary>One network in one ONNX Runtime session with one binding, made once for the model's life.</summary>
/// <remarks>
/// In: <see cref="Input"/>, out: <see cref="Outputs"/> in the manifest's order; both are memory of this object, a dynamic batch is 1.
/// <see cref="Run"/> allocates 0 bytes. Loaded from verified bytes that the walker has judged, never from a path. One thread at a time; <see cref="Dispose"/> gives all native memory back.
/// </remarks>
internal sealed class OrtRunner : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _runOptions = new();

    private OrtRunner(InferenceSession session, PlacementReport placement, Manifest manifest)
    {
        _session = session;
        Placement = placement;
        _binding = session.CreateIoBinding();
        Input = TensorContract.Bind(manifest.Io.Inputs[0], session.InputMetadata, "input", manifest.Model);
        Outputs = [.. manifest.Io.Outputs.Select(output => TensorContract.Bind(output, session.OutputMetadata, "output", manifest.Model))];
        _binding.BindInput(Input.Name, Input.Value);
        foreach (var output in Outputs)
        {
            _binding.BindOutput(output.Name, output.Value);
        }
    }

    public BoundTensor Input { get; }

    public BoundTensor[] Outputs { get; }

    public PlacementReport Placement { get; }

    /// <exception cref="InferenceException">A network that the walker or ONNX Runtime refuses, another ONNX Runtime than the manifest asks for, tensors that differ from the manifest, or a provider policy that cannot be kept.</exception>
    public static OrtRunner Load(ModelPackage package, InferenceOptions options)
    {
        NativeRuntime.Use(options.NativeLibrary);
        var manifest = package.Manifest;
        RequireRuntime(manifest);
        var name = package.PathOf(package.ModelFile);
        var onnx = package.Read(package.ModelFile);
        var verdict = OnnxWalker.Check(onnx, OnnxLimits.Of(manifest));
        if (!verdict.IsOk)
        {
            throw new InferenceException(verdict.Describe(name));
        }

        var (session, placement) = SessionFactory.Create(onnx, name, verdict.Precision, package, options);
        try
        {
            TensorContract.RequireOneInput(manifest, session);
            return new OrtRunner(session, placement, manifest);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Whether the last run left a number in every place of every output of real numbers.</summary>
    public bool OutputsAreFinite()
    {
        foreach (var output in Outputs)
        {
            // The largest magnitude is NaN where one value is, and infinite where one value is.
            if (output.IsReal && !float.IsFinite(TensorPrimitives.MaxMagnitude(output.ReadFloats())))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The network on what <see cref="Input"/> holds.</summary>
    public void Run() => _session.RunWithBinding(_runOptions, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
        Input.Dispose();
        foreach (var output in Outputs)
        {
            output.Dispose();
        }

        NativeRuntime.TrimHeap();
    }

    private static void RequireRuntime(Manifest manifest)
    {
        if (manifest.Requires.Ort is not { } range)
        {
            return;
        }

        var version = OrtEnv.Instance().GetVersionString();
        if (!Version.TryParse(version.Split('-')[0], out var number) || !VersionRange.TryParse(range)!.Contains(number))
        {
            throw new InferenceException($"{manifest.Model} is for ONNX Runtime {range}, this is {version}: update the daemon, or package the model for this one (requires.ort).");
        }
    }
}
