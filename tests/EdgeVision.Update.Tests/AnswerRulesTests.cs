using System.Globalization;
using System.Net;

namespace EdgeVision.Update.Tests;

/// <summary>600 of 1000 bytes are here; what may be put behind them?</summary>
public sealed class AnswerRulesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-05-02T08:00:00Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("bytes 600-999/1000", nameof(AnswerVerdict.Append))]
    [InlineData("bytes 600-899/1000", nameof(AnswerVerdict.Append))]
    [InlineData("bytes 599-999/1000", nameof(AnswerVerdict.Discard))]
    [InlineData("bytes 601-999/1000", nameof(AnswerVerdict.Discard))]
    [InlineData("bytes 600-1000/1001", nameof(AnswerVerdict.Discard))]
    [InlineData("bytes 600-999/*", nameof(AnswerVerdict.Discard))]
    [InlineData("bytes 600-599/1000", nameof(AnswerVerdict.Discard))]
    [InlineData("bytes -600-999/1000", nameof(AnswerVerdict.Discard))]
    [InlineData("items 600-999/1000", nameof(AnswerVerdict.Discard))]
    [InlineData("bytes 600-999/1000, bytes 0-9/1000", nameof(AnswerVerdict.Discard))]
    [InlineData("bytes 18446744073709551616-999/1000", nameof(AnswerVerdict.Discard))]
    [InlineData("", nameof(AnswerVerdict.Discard))]
    public void Judge_PartialContent_AppendsOnlyTheRangeAskedFor(string contentRange, string verdict)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.PartialContent);
        response.Content.Headers.TryAddWithoutValidation("Content-Range", contentRange);

        Assert.Equal(verdict, AnswerRules.Judge(response, 600, 1000, null, Now).Verdict.ToString());
    }

    [Fact]
    public void Judge_BeyondTwoGiB_CountsInLongs()
    {
        const long have = (1L << 31) + 1, size = 5L << 30;
        using var response = new HttpResponseMessage(HttpStatusCode.PartialContent);
        response.Content.Headers.TryAddWithoutValidation("Content-Range", $"bytes {have}-{size - 1}/{size}");
        response.Content.Headers.ContentLength = size - have;

        Assert.Equal(AnswerVerdict.Append, AnswerRules.Judge(response, have, size, null, Now).Verdict);
    }

    [Fact]
    public void Judge_RetryAfterAsDate_IsADurationFromNow()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        response.Headers.TryAddWithoutValidation("Retry-After", "Sat, 02 May 2026 08:02:00 GMT");

        Assert.Equal(TimeSpan.FromMinutes(2), AnswerRules.Judge(response, 0, 1000, null, Now).RetryAfter);
    }

    [Fact]
    public void Next_FruitlessAttempts_DoubleTheCeilingUpToTheMaximum()
    {
        var options = new UpdateOptions { StateDirectory = "", FactoryDirectory = "" };
        var delay = new RetryDelay(options);
        var ceilings = new List<double>();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            delay.Count(advanced: false);
            ceilings.Add(delay.Next(null, random: 1).TotalSeconds);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300], ceilings);
        Assert.Equal(TimeSpan.FromHours(1), delay.Next(TimeSpan.FromDays(1), random: 1));
        Assert.Equal(TimeSpan.Zero, delay.Next(TimeSpan.FromDays(-1), random: 1));
    }
}
