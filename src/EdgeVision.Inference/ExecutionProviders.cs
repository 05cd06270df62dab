using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Inference;

/// <summary>The execution providers of the native library, by the short words of configuration and manifest.</summary>
internal static class ExecutionProviders
{
    public const string Cpu = "cpu";

    private const string Suffix = "ExecutionProvider";

    /// <summary>What the native library was built with, as <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>.</summary>
    public static string[] Available() => [.. OrtEnv.Instance().GetAvailableProviders().Select(ShortName)];

    /// <summary><c>CUDAExecutionProvider</c> is <c>cuda</c>.</summary>
    public static string ShortName(string name) =>
        (name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name).ToLowerInvariant();

    /// <summary>Adds a provider; the CPU is always there.</summary>
    /// <returns>Null, or why it cannot be used on this machine (no driver, no device).</returns>
    public static string? TryAppend(SessionOptions options, string provider)
    {
        try
        {
            Append(options, provider);
            return null;
        }
        catch (OnnxRuntimeException exception)
        {
            return exception.Message;
        }
    }

    private static void Append(SessionOptions options, string provider)
    {
        switch (provider)
        {
            case Cpu:
                break;
            case "cuda":
                options.AppendExecutionProvider_CUDA();
                break;
            case "tensorrt":
                options.AppendExecutionProvider_Tensorrt();
                break;
            default:
                throw new InferenceException($"'{provider}' is not an execution provider of this daemon; use tensorrt, cuda or cpu.");
        }
    }
}
