namespace EdgeVision.Update.Tests;

public sealed class MaintenanceWindowTests
{
    // Berlin is UTC+1 in winter and UTC+2 in summer. In 2026 the clocks go from 02:00 to 03:00 on 29 March (01:00 UTC), and from 03:00 to 02:00 on 25 October (01:00 UTC).
    private const string Berlin = "Europe/Berlin";

    [Theory]
    [InlineData("01:00-04:00", "UTC", "2026-05-02T12:00Z", "2026-05-03T01:00Z")]
    [InlineData("01:00-04:00", "UTC", "2026-05-02T01:00Z", "2026-05-02T01:00Z")]
    [InlineData("01:00-04:00", "UTC", "2026-05-02T03:59Z", "2026-05-02T03:59Z")]
    [InlineData("01:00-04:00", "UTC", "2026-05-02T04:00Z", "2026-05-03T01:00Z")]
    [InlineData("01:00-04:00", Berlin, "2026-05-02T12:00Z", "2026-05-02T23:00Z")]
    [InlineData("01:00-04:00", Berlin, "2026-12-02T12:00Z", "2026-12-03T00:00Z")]
    [InlineData("01:00-04:00", "America/Los_Angeles", "2026-12-02T08:59Z", "2026-12-02T09:00Z")]
    [InlineData("01:00-04:00", "Asia/Kathmandu", "2026-12-02T12:00Z", "2026-12-02T19:15Z")] // UTC+5:45
    public void NextOpening_PlainDay_IsTheInstantItselfOrTheNextStart(string window, string zone, string now, string opening) =>
        Assert.Equal(Instant(opening), Window(window, zone).NextOpening(Instant(now)));

    [Theory]
    [InlineData("22:30-02:00", "2026-05-02T22:30Z", true)]
    [InlineData("22:30-02:00", "2026-05-02T23:59Z", true)]
    [InlineData("22:30-02:00", "2026-05-03T01:59Z", true)]
    [InlineData("22:30-02:00", "2026-05-03T02:00Z", false)]
    [InlineData("22:30-02:00", "2026-05-03T22:29Z", false)]
    [InlineData("18:00-24:00", "2026-05-02T23:59Z", true)]
    [InlineData("18:00-24:00", "2026-05-03T00:00Z", false)]
    [InlineData("00:00-24:00", "2026-05-03T00:00Z", true)]
    public void IsOpen_OverMidnight_KnowsYesterdaysWindow(string window, string now, bool open) => Assert.Equal(open, Window(window, "UTC").IsOpen(Instant(now)));

    [Theory]
    [InlineData("02:00-03:00", "2026-03-28T12:00Z", "2026-03-29T01:00Z", "2026-03-29T02:00Z")] // wholly in the skipped hour: 03:00 to 04:00
    [InlineData("02:15-02:45", "2026-03-28T12:00Z", "2026-03-29T01:00Z", "2026-03-29T01:30Z")]
    [InlineData("02:30-03:30", "2026-03-28T12:00Z", "2026-03-29T01:00Z", "2026-03-29T01:30Z")] // starts in it: 03:00 to 03:30
    [InlineData("01:00-04:00", "2026-03-28T12:00Z", "2026-03-29T00:00Z", "2026-03-29T02:00Z")] // over it: ends at 04:00 on the wall
    [InlineData("02:00-03:00", "2026-10-24T12:00Z", "2026-10-25T00:00Z", "2026-10-25T01:00Z")] // the first of the two hours
    [InlineData("02:30-02:45", "2026-10-24T12:00Z", "2026-10-25T00:30Z", "2026-10-25T00:45Z")]
    [InlineData("01:00-04:00", "2026-10-24T12:00Z", "2026-10-24T23:00Z", "2026-10-25T02:00Z")] // over it: not longer than three hours
    [InlineData("23:00-02:30", "2026-10-24T12:00Z", "2026-10-24T21:00Z", "2026-10-25T00:30Z")] // ends at the first 02:30
    public void NextOpening_ClocksChange_OpensOnceAndIsNeitherLongerNorLater(string text, string now, string opening, string closing)
    {
        var window = Window(text, Berlin);

        Assert.Equal(Instant(opening), window.NextOpening(Instant(now)));
        Assert.True(window.IsOpen(Instant(closing).AddSeconds(-1)));
        Assert.Equal(1, Openings(window, Instant(now), hours: 24));
        Assert.InRange(window.NextOpening(Instant(closing)), Instant(closing).AddHours(12), Instant(closing).AddHours(26));
    }

    [Theory]
    [InlineData("1:00-4:00")]
    [InlineData("01:00")]
    [InlineData("01:00-25:00")]
    [InlineData("24:00-03:00")]
    [InlineData("01:00-04:00-05:00")]
    [InlineData("01:60-02:00")]
    [InlineData("")]
    [InlineData("01:00–04:00")]
    public void TryParse_NotAWindow_SaysHowOneIsWritten(string text)
    {
        Assert.Null(MaintenanceWindow.TryParse(text, TimeZoneInfo.Utc, out var problem));
        Assert.Contains("\"01:00-04:00\"", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_EmptyWindow_IsRefused()
    {
        Assert.Null(MaintenanceWindow.TryParse("04:00-04:00", TimeZoneInfo.Utc, out var problem));
        Assert.Contains("never open", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Berln")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("Europe")]
    [InlineData("")]
    public void Find_ZoneThatThereIsNot_SaysWhatToDo(string name)
    {
        Assert.Null(TimeZones.Find(name, out var problem));
        Assert.Contains("tzdata", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("passwd", problem!.Replace(TimeZones.IsName(name) ? name : "\0", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static int Openings(MaintenanceWindow window, DateTimeOffset from, int hours)
    {
        var states = Enumerable.Range(0, hours * 60).Select(minute => window.IsOpen(from.AddMinutes(minute))).ToList();
        return states.Zip(states.Skip(1)).Count(pair => pair is (false, true));
    }

    private static MaintenanceWindow Window(string text, string zone) => MaintenanceWindow.TryParse(text, TimeZones.Find(zone, out _)!, out _)!;

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
