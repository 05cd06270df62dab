using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>An outbox on a real file that can be closed and opened again, and messages to put into it.</summary>
internal sealed class OutboxFixture : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly Func<OutboxOptions, OutboxOptions> _more;
    private TelemetryOutbox? _open;

    /// <param name="more">What differs from the defaults.</param>
    /// <param name="path">Elsewhere than in a folder of its own.</param>
    public OutboxFixture(Func<OutboxOptions, OutboxOptions>? more = null, string? path = null)
    {
        _more = more ?? (options => options);
        Path = path ?? _folder.File("outbox.db");
    }

    public string Path { get; }

    public string Folder => _folder.Path;

    public List<OutboxNotice> Notices { get; } = [];

    public KernelClock Kernel { get; set; } = KernelClock.System;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public OutboxOptions Options => _more(new OutboxOptions { Path = Path });

    /// <summary>Opened at the first use.</summary>
    public TelemetryOutbox Outbox => _open ??= Open();

    public TelemetryPump Pump => new(Outbox, Options, TimeProvider.System);

    public long FileBytes => new[] { Path, Path + "-wal" }.Sum(file => new FileInfo(file) is { Exists: true } there ? there.Length : 0);

    public static TelemetryMessage Message(int number, TelemetryPriority priority = TelemetryPriority.Event, int padding = 0) =>
        new($"boot-{number}", priority.ToString(), priority, DateTimeOffset.UnixEpoch.AddSeconds(number), Encoding.UTF8.GetBytes($$"""{"n":{{number}},"pad":"{{Noise(number, padding)}}"}"""));

    public static int NumberOf(TelemetryMessage message) => int.Parse(message.Id.AsSpan("boot-".Length), CultureInfo.InvariantCulture);

    public void Add(int from, int count, TelemetryPriority priority = TelemetryPriority.Event, int padding = 0)
    {
        for (var number = from; number < from + count; number++)
        {
            Outbox.Add(Message(number, priority, padding));
        }
    }

    /// <summary>A proper end; the next use opens the file again.</summary>
    public void Close()
    {
        _open?.Dispose();
        _open = null;
    }

    public void WaitUntilWritten(int messages) =>
        Eventually.True(() => OutboxReport.Read(Path).Waiting == messages, TimeSpan.FromSeconds(20), () => $"{OutboxReport.Read(Path)} {_open?.Figures}");

    /// <summary>Drop receipts become messages, as the daemon makes them.</summary>
    public void Listen() => Outbox.Noticed = notice =>
    {
        lock (Notices)
        {
            Notices.Add(notice);
        }

        if (notice.Receipt is { } receipt)
        {
            Outbox.Add(new TelemetryMessage($"receipt-{receipt.Number}", "event", TelemetryPriority.Receipt, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes($$"""{"count":{{receipt.Count}}}""")) { Receipt = receipt.Number });
        }
    };

    public void Dispose()
    {
        Close();
        _folder.Dispose();
    }

    private TelemetryOutbox Open() => new(Options, Time, NullLogger.Instance, Kernel);

    /// <summary>Hex digits that do not repeat: half their length is the least any compression can make of them.</summary>
    private static string Noise(int seed, int length)
    {
        var bytes = new byte[length / 2];
#pragma warning disable CA5394 // the same for the same number, and nothing secret
        new Random(seed).NextBytes(bytes);
#pragma warning restore CA5394
        return Convert.ToHexStringLower(bytes);
    }
}
