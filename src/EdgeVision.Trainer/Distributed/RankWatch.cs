using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeVision.Trainer.Distributed;

/// <summary>Sees that no rank dies or hangs unnoticed: says which one it was, once, and ends this process, upon which mpirun ends all others.</summary>
/// <remarks>
/// MPI itself would wait for ever. Rank 0 watches all others and rank 1 watches rank 0; the others keep silent, so that one line is said and not one a rank. A rank that has shown no sign
/// (<see cref="Beat"/>) for <c>EDGEVISION_RANK_PATIENCE</c> seconds (600) while others wait for it hangs. Any thread.
/// </remarks>
internal sealed partial class RankWatch
{
    private const string PatienceVariable = "EDGEVISION_RANK_PATIENCE";
    private const int Lost = 4; // as what was stopped and can be resumed
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), UntilMpirun = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<RankLink> _links;
    private readonly string _wayOut;
    private readonly bool _speaks;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;
    private long _signs;
    private long _waitingSince;
    private int _hasSpoken;
    private volatile bool _isOver;

    /// <param name="wayOut">What is said beside what happened.</param>
    public RankWatch(int rank, IReadOnlyList<RankLink> links, string wayOut, TimeProvider clock)
    {
        (_links, _wayOut, _speaks, _clock) = (links, wayOut, rank <= 1, clock);
        _patience = TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable(PatienceVariable), CultureInfo.InvariantCulture, out var seconds) ? seconds : 600);
        foreach (var link in links)
        {
            _ = ListenAsync(link);
        }

        _ = WatchAsync();
    }

    public void Beat() => Interlocked.Increment(ref _signs);

    public void BeginWait() => Interlocked.Exchange(ref _waitingSince, _clock.GetTimestamp());

    public void EndWait()
    {
        Interlocked.Exchange(ref _waitingSince, 0);
        Beat();
    }

    /// <summary>From now on it is no fault when somebody ends.</summary>
    public void End() => _isOver = true;

    /// <summary>Says why this rank fails, by the mouth of rank 0 where that still listens. Does not come back.</summary>
    /// <param name="message">Null = it has been said.</param>
    public void Fail(int code, string? message, bool isFirst)
    {
        if (!isFirst && !_isOver)
        {
            _links[0].SayFailed(code, message ?? "failed");
            UntilEnded();
        }

        GiveUp(code, message);
    }

    private async Task ListenAsync(RankLink link)
    {
        var end = await link.ListenAsync();
        if (_isOver || link.IsOver)
        {
            return;
        }

        GiveUp(end?.Code ?? Lost, end is { } said ? $"{link.Peer}: {said.Why}" : $"{link.Peer} is gone: it was killed, ran out of memory, or its machine is off. {_wayOut}");
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        while (await timer.WaitForNextTickAsync() && !_isOver)
        {
            var waiting = Interlocked.Read(ref _waitingSince);
            if (waiting != 0)
            {
                Beat(); // who waits is well
            }

            foreach (var link in _links)
            {
                link.Say(Interlocked.Read(ref _signs).ToString(CultureInfo.InvariantCulture));
                if (waiting != 0 && _clock.GetElapsedTime(waiting) > _patience && link.Silence > _patience)
                {
                    GiveUp(Lost, $"{link.Peer} has done nothing for {_patience.TotalSeconds:0} s, and the others wait for it. {_wayOut}");
                }
            }
        }
    }

    private void GiveUp(int code, string? message)
    {
        if (Interlocked.Exchange(ref _hasSpoken, 1) == 0)
        {
            if (_speaks)
            {
                if (message is not null)
                {
                    Console.Error.WriteLine($"edgevision-trainer: {message}");
                }

                foreach (var link in _links)
                {
                    link.SayOver();
                }
            }
            else
            {
                UntilEnded();
            }

            Exit(code);
        }

        UntilEnded();
    }

    /// <summary>By mpirun, because another rank has ended with a failure.</summary>
    public static void UntilEnded()
    {
        using var never = new ManualResetEventSlim();
        never.Wait(UntilMpirun);
    }

    // At once, because another thread may wait in MPI for a rank that is no more; mpirun ends all others when one ends like that.
    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
