using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeVision.Inference;

/// <summary>A bare network on tensors, without package, picture or decoder: for the tools that measure and rewrite networks. The device runs <see cref="VisionModel"/>.</summary>
/// <remarks>
/// In: tensors by input name. Out: each output once, read in place. Any number of inputs and outputs; open lengths are the tensors'. On the CPU.
/// Owns a native session; <see cref="Dispose"/> gives its memory back. One thread at a time.
/// </remarks>
public sealed class TensorNetwork : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();

    private TensorNetwork(InferenceSession session)
    {
        _session = session;
        Inputs = [.. session.InputNames.Select(name => Describe(name, session.InputMetadata[name]))];
        Outputs = [.. session.OutputNames.Select(name => Describe(name, session.OutputMetadata[name]))];
    }

    /// <summary>ONNX Runtime's, as in <c>1.31.1</c>.</summary>
    public static string RuntimeVersion
    {
        get
        {
            NativeRuntime.Use(null);
            return OrtEnv.Instance().GetVersionString();
        }
    }

    public IReadOnlyList<NetworkValue> Inputs { get; }

    public IReadOnlyList<NetworkValue> Outputs { get; }

    /// <param name="onnx">The network; not kept.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InferenceException">ONNX Runtime refuses it.</exception>
    public static TensorNetwork Open(byte[] onnx, string name, TensorNetworkOptions? options = null)
    {
        NativeRuntime.Use(null);
        using var sessionOptions = OptionsFor(options ?? new TensorNetworkOptions());
        return new TensorNetwork(Open(onnx, name, sessionOptions));
    }

    /// <summary>The graph that ONNX Runtime makes of a network, as an ONNX file; with operators of its own (<c>com.microsoft</c>, <c>com.microsoft.nchwc</c>) where it fused.</summary>
    /// <exception cref="InferenceException">ONNX Runtime refuses it.</exception>
    public static byte[] Optimize(byte[] onnx, string name, TensorNetworkOptions? options = null)
    {
        NativeRuntime.Use(null);
        var path = Path.GetTempFileName();
        try
        {
            using var sessionOptions = OptionsFor(options ?? new TensorNetworkOptions());
            sessionOptions.OptimizedModelFilePath = path;
            Open(onnx, name, sessionOptions).Dispose();
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Runs once and shows every output to <paramref name="read"/>, in the order of <see cref="Outputs"/>.</summary>
    /// <exception cref="InferenceException">A tensor that does not fit, or an operator that fails.</exception>
    public void Run(IReadOnlyDictionary<string, NetworkTensor> inputs, TensorReader read)
    {
        var values = Inputs.Select(input => ValueOf(input.Name, inputs)).ToArray();
        try
        {
            using var results = _session.Run(_runOptions, [.. Inputs.Select(input => input.Name)], values, _session.OutputNames);
            for (var i = 0; i < results.Count; i++)
            {
                var info = results[i].GetTensorTypeAndShape();
                read(Outputs[i].Name, (int)info.ElementDataType, info.Shape, results[i].GetTensorMutableRawData());
            }
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InferenceException($"The network cannot be run on these tensors: {exception.Message}", exception);
        }
        finally
        {
            Array.ForEach(values, value => value.Dispose());
        }
    }

    /// <summary>Runs once; the outputs as tensors of their own.</summary>
    /// <exception cref="InferenceException">As <see cref="Run(IReadOnlyDictionary{string, NetworkTensor}, TensorReader)"/>.</exception>
    public Dictionary<string, NetworkTensor> Run(IReadOnlyDictionary<string, NetworkTensor> inputs)
    {
        var outputs = new Dictionary<string, NetworkTensor>(StringComparer.Ordinal);
        Run(inputs, (name, type, shape, data) => outputs[name] = new NetworkTensor(type, shape.ToArray(), data.ToArray()));
        return outputs;
    }

    /// <summary>The inputs bound once, for many runs of which only the time is wanted.</summary>
    /// <exception cref="InferenceException">An input has no tensor.</exception>
    public BoundRun Bind(IReadOnlyDictionary<string, NetworkTensor> inputs) =>
        new(_session, [.. Inputs.Select(input => input.Name)], [.. Inputs.Select(input => ValueOf(input.Name, inputs))]);

    /// <summary>The file that was asked for by <see cref="TensorNetworkOptions.ProfilePrefix"/>, whole: JSON, an array of events in Chrome's trace format, microseconds.</summary>
    public string EndProfiling() => _session.EndProfiling();

    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
        NativeRuntime.TrimHeap();
    }

    private static InferenceSession Open(byte[] onnx, string name, SessionOptions options)
    {
        try
        {
            return new InferenceSession(onnx, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InferenceException($"{name} is not a network that ONNX Runtime can run: {exception.Message}", exception);
        }
    }

    private static SessionOptions OptionsFor(TensorNetworkOptions options)
    {
        var result = new SessionOptions
        {
            GraphOptimizationLevel = options.OptimizationLevel switch
            {
                0 => GraphOptimizationLevel.ORT_DISABLE_ALL,
                1 => GraphOptimizationLevel.ORT_ENABLE_BASIC,
                2 => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
                _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
            },
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        if (options.ProfilePrefix is { } prefix)
        {
            // In this order, because switching it on takes the prefix that is there.
            result.ProfileOutputPathPrefix = prefix;
            result.EnableProfiling = true;
        }

        result.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        result.AddSessionConfigEntry("session.disable_quant_qdq", options.WidenWeights ? "1" : "0");
        return result;
    }

    private static OrtValue ValueOf(string name, IReadOnlyDictionary<string, NetworkTensor> inputs)
    {
        if (!inputs.TryGetValue(name, out var tensor))
        {
            throw new InferenceException($"The network's input '{name}' was given no tensor.");
        }

        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)tensor.Type, tensor.Shape);
        tensor.Data.CopyTo(value.GetTensorMutableRawData());
        return value;
    }

    private static NetworkValue Describe(string name, NodeMetadata metadata) => new(name, (int)metadata.ElementDataType, metadata.Dimensions);
}
