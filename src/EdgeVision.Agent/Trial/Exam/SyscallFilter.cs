using System.Runtime.InteropServices;

namespace EdgeVision.Agent;

/// <summary>Takes from the calling thread, and from those it makes later, the system calls that reach out of the process: sockets, other programs, other processes' memory.</summary>
/// <remarks>A seccomp filter: a refused call fails with EPERM, so a library that only asks goes on. Needs no privileges, but no-new-privileges first. x64 and arm64; elsewhere it does nothing.</remarks>
internal static unsafe partial class SyscallFilter
{
    private const int SetSeccomp = 22;
    private const nuint FilterMode = 2;
    private const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfAtLeast = 0x35, Return = 0x06;
    private const uint CallNumber = 0, Machine = 4, Allow = 0x7FFF0000, Refuse = 0x00050000 | 1, End = 0x80000000, FirstX32 = 0x40000000;

    // socket, connect, bind, listen, socketpair, sendto, ptrace, execve, execveat, process_vm_writev, io_uring_setup
    private static readonly uint[] X64 = [41, 42, 49, 50, 53, 44, 101, 59, 322, 311, 425], Arm64 = [198, 203, 200, 201, 199, 206, 117, 221, 281, 271, 425];

    /// <returns>False where the kernel has no such filters, or does not let this process set one.</returns>
    public static bool Enter() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => Enter(0xC000003E, X64),
        Architecture.Arm64 => Enter(0xC00000B7, Arm64),
        _ => false,
    };

    private static bool Enter(uint machine, uint[] refused)
    {
        List<Instruction> steps =
        [
            new(Load, 0, 0, Machine),
            new(JumpIfEqual, 1, 0, machine),
            new(Return, 0, 0, End), // calls in the manner of another machine have other numbers
            new(Load, 0, 0, CallNumber),
            new(JumpIfAtLeast, (byte)(refused.Length + 1), 0, FirstX32),
        ];
        for (var i = 0; i < refused.Length; i++)
        {
            steps.Add(new(JumpIfEqual, (byte)(refused.Length - i), 0, refused[i]));
        }

        steps.Add(new(Return, 0, 0, Allow));
        steps.Add(new(Return, 0, 0, Refuse));
        fixed (Instruction* first = CollectionsMarshal.AsSpan(steps))
        {
            var program = new FilterProgram((ushort)steps.Count, first);
            return Prctl(SetSeccomp, FilterMode, (nuint)(&program), 0, 0) == 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint two, nuint three, nuint four, nuint five);

    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    private readonly struct FilterProgram(ushort count, Instruction* first)
    {
        public readonly ushort Count = count;
        public readonly Instruction* First = first;
    }
}
