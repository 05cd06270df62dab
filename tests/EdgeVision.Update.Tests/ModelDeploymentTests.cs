using System.Text.Json;

namespace EdgeVision.Update.Tests;

public sealed class ModelDeploymentTests
{
    private const string Sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private const string Good = $$"""
        { "__t": "c", "deploymentId": "d-2026-05-02-7", "action": "apply", "model": "ppe-detector", "version": "2.7.0", "manifestSha256": "{{Sha256}}", "manifestSize": 18211,
          "source": "https://hub.example:8443/models", "policy": { "window": "01:00-04:00" } }
        """;

    [Fact]
    public void TryParse_GoodDeployment_IsRead()
    {
        var deployment = Parse(Good, out var problem);

        Assert.Null(problem);
        Assert.Equal(new ModelDeployment("d-2026-05-02-7", "ppe-detector", "2.7.0", Sha256, 18211, new Uri("https://hub.example:8443/models/"), new DeploymentPolicy { Window = "01:00-04:00" }), deployment);
    }

    [Theory]
    [InlineData("\"d-2026-05-02-7\"", "7", "deploymentId")]
    [InlineData("\"d-2026-05-02-7\"", "\"\"", "deploymentId")]
    [InlineData("\"d-2026-05-02-7\"", "\"a\\nb\"", "deploymentId")]
    [InlineData("\"apply\"", "\"cancel\"", "action")]
    [InlineData("\"apply\"", "null", "action")]
    [InlineData("\"ppe-detector\"", "\"../x\"", "model")]
    [InlineData("\"ppe-detector\"", "\"..\"", "model")]
    [InlineData("\"ppe-detector\"", "{}", "model")]
    [InlineData("\"2.7.0\"", "\"../2\"", "version")]
    [InlineData("\"2.7.0\"", "27", "version")]
    [InlineData("ba7816", "BA7816", "manifestSha256")]
    [InlineData("ba7816", "a7816", "manifestSha256")]
    [InlineData("18211", "0", "manifestSize")]
    [InlineData("18211", "262145", "manifestSize")]
    [InlineData("18211", "1e308", "manifestSize")]
    [InlineData("18211", "\"18211\"", "manifestSize")]
    [InlineData("https://hub", "http://hub", "source")]
    [InlineData("https://hub.example", "http://127.0.0.1", "source")]
    [InlineData("https://hub", "file:///hub", "source")]
    [InlineData("https://hub", "https://user:secret@hub", "source")]
    [InlineData("/models\"", "/models?sig=secret\"", "source")]
    [InlineData("/models\"", "/models#x\"", "source")]
    public void TryParse_OneFieldSpoilt_NamesTheFieldAndNeverItsValue(string good, string bad, string field)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);

        Assert.Null(Parse(Good.Replace(good, bad, StringComparison.Ordinal), out var problem));

        Assert.StartsWith($"modelUpdate.{field}:", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"apply\"")]
    public void TryParse_NotAnObject_IsRefused(string json) => Assert.Null(Parse(json, out _));

    private static ModelDeployment? Parse(string json, out string? problem)
    {
        using var document = JsonDocument.Parse(json);
        return ModelDeployment.TryParse(document.RootElement, out problem);
    }
}
