using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Inference;

/// <summary>A network with its inputs bound once, to be run many times, as the device runs it: what timings are taken of.</summary>
/// <remarks>The outputs stay in ONNX Runtime's own memory and are not shown. Disposed before its network. One thread at a time.</remarks>
public sealed class BoundRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue[] _inputs;

    internal BoundRun(InferenceSession session, IReadOnlyList<string> names, OrtValue[] inputs)
    {
        (_session, _inputs) = (session, inputs);
        _binding = session.CreateIoBinding();
        for (var i = 0; i < inputs.Length; i++)
        {
            _binding.BindInput(names[i], inputs[i]);
        }

        foreach (var output in session.OutputNames)
        {
            _binding.BindOutputToDevice(output, OrtMemoryInfo.DefaultInstance);
        }
    }

    /// <exception cref="InferenceException">A tensor that does not fit, or an operator that fails.</exception>
    public void Run()
    {
        try
        {
            _session.RunWithBinding(_runOptions, _binding);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InferenceException($"The network cannot be run on these tensors: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _runOptions.Dispose();
        Array.ForEach(_inputs, input => input.Dispose());
    }
}
