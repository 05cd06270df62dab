using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EdgeVision.Trainer.Distributed;

/// <summary>The processes that train one network together, each on its share of every batch: started by <c>mpirun -np N edgevision-trainer train ...</c>; without mpirun, a group of one, in which nothing is sent.</summary>
/// <remarks>
/// Every rank calls the same methods in the same order; each waits for the others. Sums are the same bits on all ranks, and in every run with as many ranks.
/// Example: 2 ranks with gradients (1, 2) and (3, 6) both have (2, 4) after <see cref="Average"/>. One thread at a time.
/// </remarks>
internal sealed class RankGroup
{
    private const string RankVariable = "OMPI_COMM_WORLD_RANK", RanksVariable = "OMPI_COMM_WORLD_SIZE", RanksHereVariable = "OMPI_COMM_WORLD_LOCAL_SIZE";

    // Floats sent at once, 4 MiB, because MPI keeps a second copy of what it sums, and both should stay in the processor's cache: 45 MiB in one took 35 ms, so 24; smaller ones wait more often.
    private const int Bucket = 1 << 20;

    private static RankGroup? _joined;
    private readonly RankWatch? _watch;

    private RankGroup(int rank, int ranks, RankWatch? watch) => (Rank, Ranks, _watch) = (rank, ranks, watch);

    public static RankGroup Alone { get; } = new(0, 1, null);

    /// <summary>Whether this process is the one of its group that speaks to people; known before anything is joined.</summary>
    public static bool IsSpeaker => Variable(RankVariable, 0) == 0;

    /// <summary>From 0.</summary>
    public int Rank { get; }

    public int Ranks { get; }

    /// <summary>Whether this rank is the one that writes files.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>A command line as it was started: how many ranks there were belongs to how a model was made.</summary>
    public string CommandOf(string command) => Ranks > 1 ? $"mpirun -np {Ranks} {command}" : command;

    /// <summary>Keeps what terminals are told out of the output of a rank, because mpirun gives it one that nobody looks at; to be called before anything is printed.</summary>
    public static void SpeakPlainly()
    {
        if (Environment.GetEnvironmentVariable(RankVariable) is not null)
        {
            Environment.SetEnvironmentVariable("TERM", "dumb");
        }
    }

    /// <summary>Joins the others that mpirun started; they have joined, too, when this comes back.</summary>
    /// <param name="run">Folder of the run, which is named where a rank dies.</param>
    /// <exception cref="TrainerException">OpenMPI is not installed, or the others cannot be reached.</exception>
    public static RankGroup Join(string run)
    {
        var ranks = Variable(RanksVariable, 1);
        return ranks == 1 ? Alone : _joined ??= Join(Variable(RankVariable, 0), ranks, run);
    }

    /// <summary>The last of a program: says what went wrong, in one line however many ranks it went wrong for, and waits for the others where nothing did.</summary>
    /// <param name="failure">Null where nothing did.</param>
    /// <returns>The exit code.</returns>
    public static int End(int code, string? failure = null)
    {
        if (_joined is { } group)
        {
            if (code != 0)
            {
                group._watch!.Fail(code, failure, group.IsFirst);
            }

            group.Leave();
        }
        else if (failure is not null)
        {
            if (!IsSpeaker)
            {
                RankWatch.UntilEnded(); // because what failed here failed for the speaker too, mostly
            }

            Console.Error.WriteLine($"edgevision-trainer: {failure}");
        }

        return code;
    }

    /// <summary>Pictures that a rank takes of each batch.</summary>
    /// <exception cref="TrainerException">They cannot all have as many, and two at least.</exception>
    public int ShareOf(int batch) => batch % Ranks == 0 && batch / Ranks >= 2
        ? batch / Ranks
        : throw new TrainerException($"batch: {batch} pictures cannot be shared by {Ranks} rank(s) evenly, with 2 for each at least: use --batch {Math.Max(2, (batch + Ranks - 1) / Ranks) * Ranks}.");

    /// <summary>Each value becomes the mean of what the ranks have there.</summary>
    public void Average(Span<float> values)
    {
        if (Ranks == 1)
        {
            return;
        }

        for (var start = 0; start < values.Length; start += Bucket)
        {
            Sum(values[start..Math.Min(start + Bucket, values.Length)], Mpi.Float);
        }

        TensorPrimitives.Multiply(values, 1f / Ranks, values);
    }

    /// <summary>Each value becomes the sum of what the ranks have there.</summary>
    public void Sum(Span<double> values)
    {
        if (Ranks > 1)
        {
            Sum(values, Mpi.Double);
        }
    }

    /// <summary>Each value becomes what rank 0 has there.</summary>
    public void TakeFromFirst(Span<double> values)
    {
        if (Ranks > 1)
        {
            _watch!.BeginWait();
            Broadcast(MemoryMarshal.AsBytes(values));
            _watch.EndWait();
        }
    }

    /// <summary>Shows those who wait for this rank that it still works.</summary>
    public void Beat() => _watch?.Beat();

    /// <summary>Comes back when all ranks are here, however long one of them works.</summary>
    public void Wait()
    {
        if (Ranks > 1)
        {
            _ = Mpi.Wait(Mpi.World);
        }
    }

    /// <summary>Sees to it that all ranks have the same.</summary>
    /// <param name="what">As in <c>The weights after epoch 3</c>.</param>
    /// <exception cref="TrainerException">Some have not, by number. On all ranks.</exception>
    public unsafe void RequireSame(string what, ReadOnlySpan<byte> bytes)
    {
        if (Ranks == 1)
        {
            return;
        }

        var own = SHA256.HashData(bytes);
        var all = new byte[Ranks * own.Length];
        fixed (byte* from = own, to = all)
        {
            _ = Mpi.Gather(from, own.Length, Mpi.Byte, to, own.Length, Mpi.Byte, Mpi.World);
        }

        var sums = all.Chunk(own.Length).ToArray();
        var others = Enumerable.Range(0, Ranks).Where(rank => !sums[rank].SequenceEqual(sums[0])).ToArray();
        if (others.Length > 0)
        {
            throw new TrainerException(
                $"{what}: not the same on rank {string.Join(", ", others)} as on rank 0. The machines calculate differently: use equal processors, or set ATEN_CPU_CAPABILITY=default on all of them; where they are equal, test their memory.");
        }
    }

    private static RankGroup Join(int rank, int ranks, string run)
    {
        Mpi.Load();
        _ = Mpi.Init(0, 0, Mpi.Serialized, out _);
        var clock = TimeProvider.System;
        var links = new RankMeeting(rank, ranks, Variable(RanksHereVariable, 0) == ranks, clock).Meet(Broadcast);
        return new RankGroup(rank, ranks, new RankWatch(rank, links, $"All ranks end now; mpirun -np {ranks} edgevision-trainer resume {run} goes on from the last checkpoint.", clock));
    }

    private unsafe void Sum<T>(Span<T> values, nint type)
        where T : unmanaged
    {
        _watch!.BeginWait();
        fixed (T* address = values)
        {
            _ = Mpi.Reduce(Mpi.InPlace, address, values.Length, type, Mpi.Sum, Mpi.World);
        }

        _watch.EndWait();
    }

    private static unsafe void Broadcast(Span<byte> values)
    {
        fixed (byte* address = values)
        {
            _ = Mpi.Broadcast(address, values.Length, Mpi.Byte, 0, Mpi.World);
        }
    }

    private void Leave()
    {
        Wait();
        _watch!.End();
        _ = Mpi.Leave();
    }

    private static int Variable(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
