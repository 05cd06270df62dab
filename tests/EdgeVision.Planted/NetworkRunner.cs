using EdgeVision.Inference;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Planted;

/// <summary>A network run on tensors, without the product around it: for measuring accuracy and the ranges within.</summary>
public sealed class NetworkRunner : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options;
    private readonly string _input;

    public NetworkRunner(byte[] network)
    {
        _session = Open(network);
        _options = new RunOptions();
        _input = _session.InputNames[0];
    }

    /// <summary>A session of one thread, in the runtime that the device uses.</summary>
    public static InferenceSession Open(byte[] network)
    {
        NativeRuntime.Use(null);
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new InferenceSession(network, options);
    }

    /// <summary>The network's outputs by name.</summary>
    public Dictionary<string, float[]> Run(float[] tensor)
    {
        long[] shape = [.. _session.InputMetadata[_input].Dimensions.Select(dim => Math.Max(dim, 1))];
        using var input = OrtValue.CreateTensorValueFromMemory(tensor, shape);
        using var outputs = _session.Run(_options, [_input], [input], _session.OutputNames);
        return _session.OutputNames.Zip(outputs).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }
}
