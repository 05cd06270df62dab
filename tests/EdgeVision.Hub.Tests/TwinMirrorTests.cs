using System.Text.Json.Nodes;

namespace EdgeVision.Hub.Tests;

public sealed class TwinMirrorTests
{
    [Theory]
    [InlineData("""{"a":{"b":1,"c":2},"x":1}""", """{"a":{"b":null,"d":3}}""", """{"a":{"c":2,"d":3},"x":1}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""", """{"a":[3]}""")]
    [InlineData("""{"a":1}""", """{"a":{"b":{"c":null,"d":1}}}""", """{"a":{"b":{"d":1}}}""")]
    public void MergePatch_Apply_ObjectsMergeNullRemovesTheRestReplaces(string target, string patch, string expected)
    {
        var merged = Json(target);

        JsonMergePatch.Apply(merged, Json(patch));

        Assert.True(JsonNode.DeepEquals(Json(expected), merged), merged.ToJsonString());
    }

    [Theory]
    [InlineData("""{"a":{"b":1,"c":2},"x":1}""", """{"a":{"c":2,"d":3}}""", """{"a":{"d":3,"b":null}}""")]
    [InlineData("""{"a":1}""", """{"a":1}""", "{}")]
    [InlineData("{}", """{"a":{"b":null}}""", """{"a":{"b":null}}""")]
    public void MergePatch_Difference_IsWhatTurnsOneIntoTheOther(string from, string to, string expected)
    {
        var difference = JsonMergePatch.Difference(Json(from), Json(to));

        Assert.True(JsonNode.DeepEquals(Json(expected), difference), difference.ToJsonString());
    }

    [Fact]
    public void Patch_NextVersion_MergesIntoTheWhole()
    {
        var mirror = Loaded("""{"desired":{"a":1,"$version":4},"reported":{"$version":1}}""");

        var desired = mirror.Patch(Json("""{"b":2,"$version":5}"""))!;

        Assert.Equal((1, 2), ((int)desired["a"]!, (int)desired["b"]!));
    }

    [Fact]
    public void Patch_OldVersion_IsIgnored_Gap_AsksForTheDocument()
    {
        var mirror = Loaded("""{"desired":{"a":1,"$version":4},"reported":{}}""");

        Assert.Null(mirror.Patch(Json("""{"a":9,"$version":4}""")));
        Assert.True(mirror.IsLoaded);
        Assert.Null(mirror.Patch(Json("""{"a":9,"$version":6}""")));
        Assert.False(mirror.IsLoaded);
    }

    [Fact]
    public void Outstanding_ReportedWhileAway_IsWhatTheHubDoesNotKnow()
    {
        var mirror = new TwinMirror();
        mirror.Want("model", Json("""{"name":"b"}"""));
        mirror.Want("known", JsonValue.Create(1));
        Assert.Null(mirror.Outstanding());

        mirror.Load(Json("""{"desired":{},"reported":{"model":{"name":"a"},"known":1,"somebodyElses":2,"$version":9}}"""));
        var patch = mirror.Outstanding()!;

        Assert.Equal("""{"model":{"name":"b"}}""", patch.ToJsonString());
        mirror.Known(patch);
        Assert.Null(mirror.Outstanding());
    }

    private static TwinMirror Loaded(string document)
    {
        var mirror = new TwinMirror();
        mirror.Load(Json(document));
        return mirror;
    }

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
