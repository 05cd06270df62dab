using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Inference;

/// <summary>Which ONNX Runtime native library this process uses: the one beside the program, or one by path (Jetson builds).</summary>
/// <remarks>
/// Chosen by the first model and then fixed, because a process can hold only one. Any thread.
/// The library as it is published keeps figures of its use in a database in the user's cache and sends them to its maker: that is switched off, because what a device
/// sends and writes is decided here. Only an environment variable of the process itself does it, and only before the library is loaded.
/// </remarks>
internal static partial class NativeRuntime
{
    private static readonly Lock Gate = new();
    private static string? _chosen;
    private static bool _isFixed;

    private static string Beside => Path.Combine(AppContext.BaseDirectory, "libonnxruntime.so") is var path && File.Exists(path)
        ? path
        : Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", "libonnxruntime.so");

    /// <summary>The loaded library itself.</summary>
    public static nint Library { get; private set; }

    /// <exception cref="InferenceException">The library is missing or cannot be loaded, or another one is in use.</exception>
    public static void Use(string? path)
    {
        lock (Gate)
        {
            if (_isFixed)
            {
                RequireSame(path);
                return;
            }

            _ = SetEnvironment("ORT_DISABLE_TELEMETRY", "1", 1);
            Library = Load(path ?? Beside);
            Redirect(Library);

            _chosen = path;
            _isFixed = true;
        }
    }

    /// <summary>Gives freed native memory back to the system: glibc keeps what a session of another size will not fit.</summary>
    public static void TrimHeap()
    {
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc: it has its own ways.
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MallocTrim(nuint pad);

    private static void RequireSame(string? path)
    {
        if (path is not null && path != _chosen)
        {
            throw new InferenceException($"ONNX Runtime is already loaded from {_chosen ?? "the program's folder"}, not from {path}: restart the daemon to change it.");
        }
    }

    private static nint Load(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new InferenceException($"{path} cannot be loaded as ONNX Runtime: {exception.Message} Give the path of a libonnxruntime.so for this machine.", exception);
        }
    }

    private static void Redirect(nint library)
    {
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(InferenceSession).Assembly, (string name, Assembly _, DllImportSearchPath? _) => name == "onnxruntime" ? library : 0);
    }
}
