using System.Text.Json;

namespace EdgeVision.Update.Tests;

public sealed class DeploymentPolicyReaderTests
{
    [Fact]
    public void TryRead_EverythingSaid_IsRead()
    {
        var policy = Read("""
            {"notBefore": "2026-05-02T01:00:00Z", "deadline": "2026-05-09T02:00:00+02:00",
             "policy": {"window": "01:00-04:00", "tz": "Europe/Berlin", "metered": "deny", "maxKbps": 2048, "autoActivate": false, "deadlineOverridesWindow": true, "later": 1}}
            """, out var problem);

        Assert.Null(problem);
        Assert.Equal(
            new DeploymentPolicy
            {
                NotBefore = new DateTimeOffset(2026, 5, 2, 1, 0, 0, TimeSpan.Zero), Deadline = new DateTimeOffset(2026, 5, 9, 0, 0, 0, TimeSpan.Zero),
                Window = "01:00-04:00", Zone = "Europe/Berlin", AllowMetered = false, MaxKbps = 2048, AutoActivate = false, DeadlineOverridesWindow = true,
            },
            policy);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"notBefore": null, "deadline": null, "policy": null}""")]
    [InlineData("""{"policy": {"window": null, "tz": "site", "metered": "allow", "maxKbps": null, "autoActivate": true}}""")]
    public void TryRead_NothingSaid_IsNoPolicy(string json) => Assert.Equal(DeploymentPolicy.None, Read(json, out _));

    [Theory]
    [InlineData("""{"notBefore": 7}""", "notBefore")]
    [InlineData("""{"notBefore": "tomorrow"}""", "notBefore")]
    [InlineData("""{"notBefore": "2026-05-02"}""", "notBefore")]
    [InlineData("""{"deadline": ["2026-05-02T01:00:00Z"]}""", "deadline")]
    [InlineData("""{"deadline": 1e308}""", "deadline")]
    [InlineData("""{"policy": "night"}""", "policy")]
    [InlineData("""{"policy": []}""", "policy")]
    [InlineData("""{"policy": {"window": "night"}}""", "policy.window")]
    [InlineData("""{"policy": {"window": {"from": 1}}}""", "policy.window")]
    [InlineData("""{"policy": {"tz": "secret/../zone"}}""", "policy.tz")]
    [InlineData("""{"policy": {"tz": 1}}""", "policy.tz")]
    [InlineData("""{"policy": {"metered": true}}""", "policy.metered")]
    [InlineData("""{"policy": {"metered": "maybe"}}""", "policy.metered")]
    [InlineData("""{"policy": {"maxKbps": 1e308}}""", "policy.maxKbps")]
    [InlineData("""{"policy": {"maxKbps": 2.5}}""", "policy.maxKbps")]
    [InlineData("""{"policy": {"maxKbps": 15}}""", "policy.maxKbps")]
    [InlineData("""{"policy": {"autoActivate": "yes"}}""", "policy.autoActivate")]
    [InlineData("""{"policy": {"deadlineOverridesWindow": 0}}""", "policy.deadlineOverridesWindow")]
    public void TryRead_OneFieldSpoilt_NamesIt(string json, string field)
    {
        Assert.Null(Read(json, out var problem));
        Assert.StartsWith($"modelUpdate.{field}:", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    private static DeploymentPolicy? Read(string json, out string? problem)
    {
        using var document = JsonDocument.Parse(json);
        return DeploymentPolicyReader.TryRead(document.RootElement, out problem);
    }
}
