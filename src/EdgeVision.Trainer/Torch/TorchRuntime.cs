using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace EdgeVision.Trainer.Torch;

/// <summary>Loads libtorch, once, before anything else of TorchSharp is touched.</summary>
/// <remarks>
/// libtorch is looked for in <c>EDGEVISION_LIBTORCH</c>, then beside the program (published with <c>-p:CarryTorch=true</c>), then in the NuGet package that the program was built with.
/// TorchSharp 0.107 is built with GCC 13: its library asks for version GLIBCXX_3.4.32 of libstdc++, which Debian 12 has not, for the sake of one symbol that nothing in it calls
/// (<c>std::ios_base_library_init</c>, by which GCC 13 makes sure that a newer libstdc++ is linked; libtorch itself sets the streams up). Where the loader refuses the library for that, a copy in memory
/// whose wish for that version is marked weak is loaded in its place; where libstdc++ is new enough, the library is loaded as it is.
/// libtorch's threads wait for each other asleep (<c>OMP_WAIT_POLICY=passive</c>) unless the environment says otherwise. Awake, two of them on a machine of two cores with one more busy program took ten
/// times as long for an epoch; on a machine that does nothing else, <c>OMP_WAIT_POLICY=active</c> is up to twice as fast. The weights are the same.
/// </remarks>
internal static class TorchRuntime
{
    private const string Override = "EDGEVISION_LIBTORCH", MissingVersion = "GLIBCXX_3.4.32", Binding = "libLibTorchSharp.so";
    private static readonly string[] BindingPlaces = [Binding, $"runtimes/linux-x64/native/{Binding}"]; // published, built
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Makes TorchSharp usable, and says how many threads one operation may use.</summary>
    /// <returns>The folder that libtorch came from.</returns>
    /// <exception cref="TrainerException">libtorch is not there, or this machine cannot load it.</exception>
    public static string Start(int threads)
    {
        var folder = Loaded.Value;
        torch.set_num_threads(threads);
        return folder;
    }

    private static string Load()
    {
        var folder = FindTorch();
        try
        {
            NativeEnvironment.SetDefault("OMP_WAIT_POLICY", "passive");
            // What depends on it finds it loaded by its name, wherever it came from.
            NativeLibrary.Load(Path.Combine(folder, "libtorch.so"));
            LoadBinding(FindBinding());
            torch.InitializeDeviceType(DeviceType.CPU);
            return folder;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or NotSupportedException or TypeInitializationException)
        {
            throw new TrainerException($"libtorch in {folder} cannot be loaded on this machine ({exception.Message}): x64 Linux with glibc 2.34 or later is needed (Debian 12, Ubuntu 22.04).", exception);
        }
    }

    private static void LoadBinding(string path)
    {
        try
        {
            NativeLibrary.Load(path);
        }
        catch (DllNotFoundException exception) when (exception.Message.Contains(MissingVersion, StringComparison.Ordinal))
        {
            MemoryLibrary.Load(WeakVersion.Mark(File.ReadAllBytes(path), MissingVersion));
        }
    }

    private static string FindTorch()
    {
        var candidates = new[] { Environment.GetEnvironmentVariable(Override), AppContext.BaseDirectory, BuiltWith() }.Where(folder => !string.IsNullOrEmpty(folder));
        return candidates.FirstOrDefault(folder => File.Exists(Path.Combine(folder!, "libtorch_cpu.so")))
            ?? throw new TrainerException($"libtorch is not at {BuiltWith()}: run dotnet restore there, publish with -p:CarryTorch=true, or set {Override} to the folder of libtorch_cpu.so 2.10.0.");
    }

    private static string FindBinding()
    {
        return BindingPlaces.Select(place => Path.Combine(AppContext.BaseDirectory, place)).FirstOrDefault(File.Exists)
            ?? throw new TrainerException($"{Binding} is not beside the program in {AppContext.BaseDirectory}: publish it again for linux-x64, the only platform of the trainer.");
    }

    private static string BuiltWith() =>
        typeof(TorchRuntime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == "TorchFolder").Value ?? "";
}
