using System.Globalization;
using System.Text.Json;

namespace EdgeVision.Cloud.Tests;

public sealed class WebhookTests
{
    private const string Topic = "devices/cam-1/messages/events/$.ct=application%2Fjson";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Messages_ToAReceiverThatOftenFails_AllArriveSignedAndInOrder()
    {
        // Every third answer is a 503, a 429 or a slow death of the connection.
        await using var receiver = await StartAsync((request, _) => request % 3 == 1 ? 503 : request % 7 == 3 ? 429 : 200);
        await using var hub = await TestHub.StartAsync();
        await AddAsync(hub, receiver);
        await using var device = await hub.ConnectAsync("cam-1");
        for (var i = 0; i < 60; i++)
        {
            await device.PublishAsync(Topic, Body(i));
        }

        Eventually.True(() => Numbers(receiver).Distinct().Count() == 60, Patience, () => $"{Numbers(receiver).Distinct().Count()} of 60");

        Assert.Equal(Enumerable.Range(0, 60), Numbers(receiver).Distinct());
        Assert.Equal(0, receiver.BadSignatures);
        var forward = await StateAsync(hub);
        Eventually.True(() => StateAsync(hub).Result.GetProperty("lag").GetInt64() == 0, Patience);
        Assert.Equal("webhook", forward.GetProperty("kind").GetString());
        Assert.DoesNotContain(receiver.Secret, forward.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_OfEverything_PausesWithoutLossUntilResumed()
    {
        var status = 403;
        await using var receiver = await StartAsync((_, _) => status);
        await using var hub = await TestHub.StartAsync();
        await AddAsync(hub, receiver);
        await using var device = await hub.ConnectAsync("cam-1");
        await device.PublishAsync(Topic, Body(0));
        Eventually.True(() => StateAsync(hub).Result.GetProperty("state").GetString() == "paused", Patience);
        var requests = receiver.Requests;
        await device.PublishAsync(Topic, Body(1));

        var paused = await StateAsync(hub);
        Assert.Contains("403", paused.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, paused.GetProperty("lag").GetInt64());
        status = 200;
        await hub.AskAsync("POST", "forwards/hook/resume");

        Eventually.True(() => Numbers(receiver).Count == 2, Patience);
        Assert.Equal([0, 1], Numbers(receiver));
        Assert.Equal(requests + 1, receiver.Requests); // nobody knocked while it was paused
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BadMessage_AmongGoodOnes_IsCorneredAndSkippedOrWaitedFor(bool skip)
    {
        await using var receiver = await StartAsync((_, lines) => lines.Any(line => line.GetProperty("body").GetProperty("n").GetInt32() == 13) ? 422 : 200);
        await using var hub = await TestHub.StartAsync();
        await using (var device = await hub.ConnectAsync("cam-1"))
        {
            for (var i = 0; i < 40; i++)
            {
                await device.PublishAsync(Topic, Body(i));
            }
        }

        await AddAsync(hub, receiver, $$""", "after": 0, "skipRefused": {{(skip ? "true" : "false")}}""");
        Eventually.True(() => StateAsync(hub).Result is var state && (skip ? state.GetProperty("lag").GetInt64() == 0 : state.GetProperty("state").GetString() == "paused"), Patience);

        var end = await StateAsync(hub);
        Assert.Equal(Enumerable.Range(0, skip ? 40 : 13).Where(i => i != 13), Numbers(receiver));
        Assert.Equal(skip ? 1 : 0, end.GetProperty("skipped").GetInt64());
        Assert.Equal(skip, end.GetProperty("error").GetString()!.Length == 0);
        Assert.True(skip || end.GetProperty("error").GetString()!.Contains("message 14 of cam-1", StringComparison.Ordinal), end.GetRawText());
    }

    [Theory]
    [InlineData("""{"webhook":"http://example.com/x"}""")]
    [InlineData("""{"webhook":"https://user:secret@example.com/x"}""")]
    [InlineData("""{"webhook":"ftp://example.com/x"}""")]
    [InlineData("""{"webhook":"https://example.com/","kafka":"x:1","topic":"t"}""")]
    [InlineData("""{"kafka":"x:1"}""")]
    [InlineData("""{"kafka":"x:1","topic":"a b"}""")]
    [InlineData("""{"webhook":7}""")]
    [InlineData("{}")]
    public async Task Add_WhatCannotBe_IsRefused(string body)
    {
        await using var hub = await TestHub.StartAsync();

        Assert.Equal(400, (await hub.AskAsync("PUT", "forwards/hook", body)).Status);
        Assert.Equal(0, (await hub.AskAsync("GET", "forwards")).Body.GetArrayLength());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hub_KilledAgainAndAgainUnderLoad_EveryAcknowledgedMessageIsThereAndArrives(bool onPostgres)
    {
        await using var receiver = await StartAsync((request, _) => request % 4 == 3 ? 500 : 200);
        using var hub = new PublishedHub(database: onPostgres ? Postgres.Shared.CreateDatabase() : null);
        receiver.Secret = hub.Json("forward", "add", "hook", "--webhook", receiver.Url, "--after", "0").GetProperty("secret").GetString()!;
        var acknowledged = new List<int>();
        for (var (life, next) = (0, 0); life < 3; life++)
        {
            await using var device = await hub.ConnectAsync("cam-1");
            var killAt = acknowledged.Count + 30;
            while (await device.PublishAsync(Topic, Body(next)))
            {
                acknowledged.Add(next++);
                if (acknowledged.Count == killAt)
                {
                    _ = Task.Run(() => hub.Server!.Signal(9)); // while the next ones are on their way
                }
            }

            next++; // this one may be there, or not
            hub.Start();
        }

        Assert.True(acknowledged.Count >= 90, $"only {acknowledged.Count} were acknowledged");
        Eventually.True(() => acknowledged.Except(Numbers(receiver)).Any() is false, Patience, () => $"{acknowledged.Except(Numbers(receiver)).Count()} of {acknowledged.Count} are missing");
        var stored = hub.Run("telemetry", "--device", "cam-1").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => NumberOf(JsonDocument.Parse(line).RootElement)).ToList();
        Assert.Empty(acknowledged.Except(stored));
        Assert.Equal(Numbers(receiver).Distinct().Order(), Numbers(receiver).Distinct()); // each for the first time in order
        Assert.Equal(0, receiver.BadSignatures);
        Assert.DoesNotContain("s3cret", hub.Server!.Output + hub.Server.Error, StringComparison.Ordinal);
    }

    private static async Task<WebhookReceiver> StartAsync(Func<int, IReadOnlyList<JsonElement>, int> answer)
    {
        var receiver = new WebhookReceiver(answer);
        await receiver.StartAsync();
        return receiver;
    }

    private static async Task AddAsync(TestHub hub, WebhookReceiver receiver, string more = "")
    {
        var (status, added) = await hub.AskAsync("PUT", "forwards/hook", $$"""{"webhook":"{{receiver.Url}}"{{more}}}""");
        Assert.Equal(200, status);
        receiver.Secret = added.GetProperty("secret").GetString()!;
    }

    private static async Task<JsonElement> StateAsync(TestHub hub) => (await hub.AskAsync("GET", "forwards")).Body[0];

    private static byte[] Body(int number) => System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{number}}}"""));

    private static List<int> Numbers(WebhookReceiver receiver) => [.. receiver.Taken.Select(NumberOf)];

    private static int NumberOf(JsonElement message) => message.GetProperty("body").GetProperty("n").GetInt32();
}
