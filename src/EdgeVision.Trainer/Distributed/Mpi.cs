using System.Runtime.InteropServices;

namespace EdgeVision.Trainer.Distributed;

/// <summary>What is used of OpenMPI 4 and 5, as Debian has them (<c>libmpi.so.40</c>).</summary>
/// <remarks>Handles are addresses of exported objects, which is OpenMPI's own way: MPICH's are numbers, so another MPI cannot take its place. An error of a call ends the process, as is MPI's rule.</remarks>
internal static unsafe partial class Mpi
{
    public const int Serialized = 2; // calls from any thread, one at a time

    private const string Library = "libmpi.so.40";
    private const int ResolveNow = 2, VisibleToAll = 0x100;

    /// <summary>In place of what is sent: it lies where the answer is to be.</summary>
    public static void* InPlace => (void*)1;

    public static nint World { get; private set; }

    public static nint Byte { get; private set; }

    public static nint Float { get; private set; }

    public static nint Double { get; private set; }

    public static nint Sum { get; private set; }

    /// <exception cref="TrainerException">It is not installed.</exception>
    public static void Load()
    {
        // Who waits lets others run in between: on a machine with more to do than cores, steps took twenty times as long without.
        NativeEnvironment.SetDefault("OMPI_MCA_mpi_yield_when_idle", "1");
        // Its plug-ins look for its symbols in the whole process, where .NET's own loading would not put them.
        var library = Open(Library, ResolveNow | VisibleToAll);
        if (library == 0)
        {
            throw new TrainerException($"mpirun started this process, but OpenMPI's {Library} is not there: apt-get install openmpi-bin on every machine, or train without mpirun.");
        }

        World = NativeLibrary.GetExport(library, "ompi_mpi_comm_world");
        Byte = NativeLibrary.GetExport(library, "ompi_mpi_byte");
        Float = NativeLibrary.GetExport(library, "ompi_mpi_float");
        Double = NativeLibrary.GetExport(library, "ompi_mpi_double");
        Sum = NativeLibrary.GetExport(library, "ompi_mpi_op_sum");
    }

    [LibraryImport(Library, EntryPoint = "MPI_Init_thread")]
    public static partial int Init(nint argumentCount, nint arguments, int wanted, out int given);

    [LibraryImport(Library, EntryPoint = "MPI_Allreduce")]
    public static partial int Reduce(void* from, void* to, int count, nint type, nint operation, nint group);

    [LibraryImport(Library, EntryPoint = "MPI_Allgather")]
    public static partial int Gather(void* from, int count, nint type, void* to, int countOfEach, nint typeOfEach, nint group);

    [LibraryImport(Library, EntryPoint = "MPI_Bcast")]
    public static partial int Broadcast(void* values, int count, nint type, int root, nint group);

    [LibraryImport(Library, EntryPoint = "MPI_Barrier")]
    public static partial int Wait(nint group);

    [LibraryImport(Library, EntryPoint = "MPI_Finalize")]
    public static partial int Leave();

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string library, int flags);
}
