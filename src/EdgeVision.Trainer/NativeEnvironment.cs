using System.Runtime.InteropServices;

namespace EdgeVision.Trainer;

/// <summary>Environment variables for native libraries, which see the process's own and not .NET's.</summary>
internal static partial class NativeEnvironment
{
    /// <summary>Before the library is loaded, and only where nobody has set it.</summary>
    public static void SetDefault(string name, string value) => _ = Set(name, value, overwrite: 0);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrite);
}
