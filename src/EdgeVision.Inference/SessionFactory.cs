using EdgeVision.Packaging;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Inference;

/// <summary>Verified bytes to a session on the best allowed provider, and the report of where its nodes went.</summary>
internal static class SessionFactory
{
    public static (InferenceSession Session, PlacementReport Placement) Create(byte[] onnx, string name, string precision, ModelPackage package, InferenceOptions options)
    {
        var policy = ProviderPolicy.Of(package.Manifest, options);
        using var sessionOptions = OptionsFor(options, package.Variant);
        var (provider, reasons) = Append(sessionOptions, policy, options.Providers);
        var session = Open(onnx, name, sessionOptions);
        try
        {
            var nodes = NodePlacement.Count(session);
            var degraded = policy.IsDegraded(package.Manifest.Model, nodes, reasons);
            return (session, new PlacementReport(provider, nodes, precision, degraded));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static SessionOptions OptionsFor(InferenceOptions options, string variant)
    {
        var result = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            // Because the pattern's one block per run is never smaller than the arena and costs 5 MB more with YOLOX-Nano, for the same time.
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        result.AddSessionConfigEntry("session.intra_op.allow_spinning", options.Spinning ? "1" : "0");
        result.AddSessionConfigEntry(NodePlacement.RecordKey, "1");
        // Because ONNX Runtime would widen the 8-bit weights of this form in every run, half as slow again; every other form of 8 bits needs what the key switches off.
        result.AddSessionConfigEntry("session.disable_quant_qdq", variant == InferenceOptions.WeightOnlyVariant ? "1" : "0");
        return result;
    }

    // A provider that is built in but finds no device is passed over like one that is not built in; the policy then judges where the nodes went.
    private static (string Provider, string Reasons) Append(SessionOptions options, ProviderPolicy policy, IReadOnlyList<string> wanted)
    {
        var available = ExecutionProviders.Available();
        var first = ExecutionProviders.Cpu;
        var reasons = $"The ONNX Runtime library offers {string.Join(", ", available)}.";
        foreach (var provider in policy.Choose(wanted, available).Reverse())
        {
            first = provider;
        }

        foreach (var provider in policy.Choose(wanted, available))
        {
            if (ExecutionProviders.TryAppend(options, provider) is { } reason)
            {
                reasons += $" {provider} was refused: {reason}.";
                first = first == provider ? ExecutionProviders.Cpu : first;
            }
        }

        return (first, reasons);
    }

    private static InferenceSession Open(byte[] onnx, string name, SessionOptions options)
    {
        try
        {
            return new InferenceSession(onnx, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InferenceException($"{name} is not a network that ONNX Runtime can run: {exception.Message} Export it again, with operators that this version knows.", exception);
        }
    }
}
