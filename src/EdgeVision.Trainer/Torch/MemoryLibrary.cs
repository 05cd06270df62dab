using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeVision.Trainer.Torch;

/// <summary>A shared library loaded from bytes, without a file that somebody would have to clear away.</summary>
internal static partial class MemoryLibrary
{
    public static void Load(byte[] library)
    {
        using var memory = new SafeFileHandle(MemfdCreate("library", 0), ownsHandle: true);
        if (memory.IsInvalid)
        {
            throw new TrainerException("This system gives no memory file to load a changed library from (memfd_create): use a system with libstdc++ 13 or later, such as Debian 13.");
        }

        RandomAccess.Write(memory, library, 0);
        NativeLibrary.Load($"/proc/self/fd/{memory.DangerousGetHandle()}");
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemfdCreate(string name, uint flags);
}
