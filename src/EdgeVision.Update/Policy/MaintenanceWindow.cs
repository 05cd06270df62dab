using System.Globalization;

namespace EdgeVision.Update;

/// <summary>The daily hours in which a device may change its model, by the clock on the wall of one time zone.</summary>
/// <remarks>
/// "01:00-04:00" opens at 01:00 and closes at 04:00; "22:30-02:00" crosses midnight; "18:00-24:00" ends with the day.
/// Where the clocks change, a window is never longer than its length and never goes beyond its end on the wall. A start in the skipped hour is the next instant
/// there is; what lies wholly in it moves behind it. A start in the repeated hour is the first of the two, and the window opens once.
/// Example, Europe/Berlin, 2026-03-29: 02:30-03:30 is open from 03:00 to 03:30. 2026-10-25: 02:00-03:00 is open for one hour, from 00:00 UTC.
/// Immutable, any thread.
/// </remarks>
public sealed record MaintenanceWindow
{
    private const int DaysToLookAt = 4; // yesterday's may be open, today's may be over, tomorrow's may be moved
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private readonly TimeSpan _start;
    private readonly TimeSpan _length;
    private readonly TimeZoneInfo _zone;

    private MaintenanceWindow(string text, TimeSpan start, TimeSpan length, TimeZoneInfo zone) => (Text, _start, _length, _zone) = (text, start, length, zone);

    /// <summary>As it was written, "01:00-04:00".</summary>
    public string Text { get; }

    public string Zone => _zone.Id;

    /// <param name="problem">Says what is wrong and what is expected; null when it was read.</param>
    public static MaintenanceWindow? TryParse(string text, TimeZoneInfo zone, out string? problem)
    {
        problem = Problem(text);
        if (problem is not null)
        {
            return null;
        }

        var (start, end) = (TimeOf(text.AsSpan(0, 5))!.Value, TimeOf(text.AsSpan(6))!.Value);
        return new MaintenanceWindow(text, start, end > start ? end - start : end + Day - start, zone);
    }

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public static string? Problem(string text)
    {
        var halves = text.Split('-');
        if (halves is not [var from, var to] || TimeOf(from) is not { } start || TimeOf(to) is not { } end || start == Day)
        {
            return "a window is written HH:mm-HH:mm, as in \"01:00-04:00\"";
        }

        return start == end ? "a window that ends when it begins is never open; leave it out to allow any time" : null;
    }

    public bool IsOpen(DateTimeOffset instant) => NextOpening(instant) <= instant;

    /// <summary>The instant itself while the window is open, else the next opening.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset instant)
    {
        var date = TimeZoneInfo.ConvertTime(instant, _zone).Date.AddDays(-1);
        for (var i = 0; i < DaysToLookAt; i++, date = date.AddDays(1))
        {
            var (open, close) = On(date);
            if (close > instant)
            {
                return open > instant ? open : instant;
            }
        }

        throw new InvalidOperationException($"{Text} in {Zone} does not open within {DaysToLookAt} days of {instant:u}: a bug.");
    }

    private (DateTimeOffset Open, DateTimeOffset Close) On(DateTime date)
    {
        var (open, end) = (InstantOf(date + _start), InstantOf(date + _start + _length));
        var close = open + _length;
        return (open, end > open && end < close ? end : close);
    }

    private DateTimeOffset InstantOf(DateTime onTheWall)
    {
        while (_zone.IsInvalidTime(onTheWall))
        {
            onTheWall = onTheWall.AddMinutes(1); // clocks change at whole minutes
        }

        var offset = _zone.IsAmbiguousTime(onTheWall) ? _zone.GetAmbiguousTimeOffsets(onTheWall).Max() : _zone.GetUtcOffset(onTheWall);
        return new DateTimeOffset(onTheWall, offset).ToUniversalTime();
    }

    private static TimeSpan? TimeOf(ReadOnlySpan<char> text) =>
        text is "24:00" ? Day
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan()
        : null;
}
