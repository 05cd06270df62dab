using System.Runtime.InteropServices;

namespace EdgeVision.Agent;

/// <summary>What the examining process gives up before it touches a network: privileges, memory, files, the network, its place in the queue.</summary>
/// <remarks>
/// A model is a program for a parser written in C++. Memory is bounded by RLIMIT_DATA and not RLIMIT_AS, because the runtime reserves address space by the hundred gigabyte
/// and touches none of it: what is written to counts. Before the first thread of the model is made; none of it can be taken back.
/// </remarks>
internal static partial class Confinement
{
    private const int DeathSignal = 1, NoNewPrivileges = 38, Kill = 9, OfProcess = 0, Nice = 10, OpenFiles = 128;
    private const int Cpu = 0, FileSize = 1, Data = 2, Core = 4, Files = 7;
    private const int FileTooLarge = 25, Ignore = 1;
    private const string OutOfMemoryScore = "/proc/self/oom_score_adj";

    /// <returns>What the kernel granted, in words.</returns>
    public static IReadOnlyList<string> Enter(ExamRequest request)
    {
        var granted = new List<string>();
        void Note(string name, bool isGranted) => granted.AddRange(isGranted ? [name] : []);

        Note("dies-with-parent", Prctl(DeathSignal, Kill, 0, 0, 0) == 0);
        if (GetParent() != request.Parent)
        {
            Environment.Exit(1); // the parent went before the line above
        }

        Note("no-new-privileges", Prctl(NoNewPrivileges, 1, 0, 0, 0) == 0);
        Note("nice", SetPriority(OfProcess, 0, Nice) == 0);
        Note("first-to-go", TryWrite(OutOfMemoryScore, "1000"));
        Note("cpu", Limit(Cpu, (ulong)(request.Seconds * Math.Max(1, request.Threads))));
        _ = SetSignal(FileTooLarge, Ignore); // a library that would like to write a file is told so, not killed
        Note("no-files-written", Limit(FileSize, 0));
        Note("no-core", Limit(Core, 0));
        Note("open-files", Limit(Files, OpenFiles));
        Note("memory", Limit(Data, (ulong)((ProcessFigures.KiB("/proc/self/status", "VmData:") ?? 0) * 1024) + ((ulong)request.MemoryMiB << 20)));
        Note("system-calls", SyscallFilter.Enter());
        return granted;
    }

    private static bool Limit(int resource, ulong value)
    {
        var limit = new ResourceLimit(value, value);
        return SetLimit(resource, in limit) == 0;
    }

    private static bool TryWrite(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint two, nuint three, nuint four, nuint five);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParent();

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetSignal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    private readonly record struct ResourceLimit(ulong Soft, ulong Hard);
}
