using System.Text.Json.Nodes;

namespace EdgeVision.Update.Tests;

public sealed class UpdateWishTests
{
    private const string Apply = """{"deploymentId":"d-7","action":"apply","model":"toy","version":"1.0.0","manifestSha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","manifestSize":9,"source":"https://h/"}""";

    [Fact]
    public void TryParse_Apply_IsADeployment() => Assert.Equal(("d-7", "toy"), Wish(Apply) is { } wish ? (wish.DeploymentId, wish.Deployment!.Model) : default);

    [Fact]
    public void TryParse_Cancel_NeedsOnlyTheName() => Assert.Equal(new UpdateWish("d-7", null), Wish("""{"deploymentId":"d-7","action":"cancel","model":7}"""));

    [Theory]
    [InlineData("""{"action":"cancel"}""", "modelUpdate.deploymentId:")]
    [InlineData("""{"action":"cancel","deploymentId":""}""", "modelUpdate.deploymentId:")]
    [InlineData("""{"action":"cancel","deploymentId":1e308}""", "modelUpdate.deploymentId:")]
    [InlineData("""{"action":"explode","deploymentId":"d-7"}""", "modelUpdate.action: \"apply\" or \"cancel\"")]
    [InlineData("""{"action":255,"deploymentId":"d-7"}""", "modelUpdate.action:")]
    [InlineData("[]", "modelUpdate: an object is expected")]
    [InlineData("true", "modelUpdate: an object is expected")]
    [InlineData("1e308", "modelUpdate: an object is expected")]
    public void TryParse_WrongTypes_AreRefusedPolitely(string json, string expected)
    {
        Assert.Null(UpdateWish.TryParse(JsonNode.Parse(json)!, out var problem));
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_TooLargeOrTooDeep_IsRefusedPolitely()
    {
        var large = (JsonObject)JsonNode.Parse(Apply)!;
        large["more"] = new string('x', 4096);
        Assert.Null(UpdateWish.TryParse(large, out var problem));
        Assert.Equal("modelUpdate: more than 4096 bytes", problem);

        JsonNode deep = new JsonObject();
        for (var i = 0; i < 40; i++)
        {
            deep = new JsonObject { ["a"] = deep };
        }

        Assert.Null(UpdateWish.TryParse(deep, out problem));
        Assert.Contains("16 deep", problem, StringComparison.Ordinal);
    }

    private static UpdateWish? Wish(string json) => UpdateWish.TryParse(JsonNode.Parse(json)!, out _);
}
