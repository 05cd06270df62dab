using System.Text.Json.Nodes;

namespace EdgeVision.Hub.Tests;

public sealed class TwinSizeTests
{
    [Theory]
    [InlineData("""{"a":1,"bc":"xyz"}""", 14)]
    [InlineData("""{"a":{"b":true,"c":null},"d":[1,"é"]}""", 1 + 1 + 4 + 1 + 1 + 8 + 2)]
    [InlineData("{\"a\":\"x\\n\\u0007y\"}", 3)]
    public void Of_WorkedByHand_IsTheHubsRule(string json, int expected) => Assert.Equal(expected, TwinSize.Of(JsonNode.Parse(json)));

    [Fact]
    public void FirstPart_TooMuchForOnePatch_RemovesFirstAndLosesNothing()
    {
        var patch = new JsonObject { ["old"] = new JsonObject { ["gone"] = null, ["also"] = null } };
        for (var i = 0; i < 20; i++)
        {
            patch[$"k{i:D2}"] = new JsonObject { ["text"] = new string('x', 90) };
        }

        var whole = (JsonObject)patch.DeepClone();
        var parts = new List<JsonObject>();
        for (var known = new JsonObject(); ;)
        {
            var rest = Without(whole, parts);
            if (rest.Count == 0)
            {
                break;
            }

            var part = TwinSize.FirstPart(rest, 500);
            Assert.True(TwinSize.Of(part) <= 500, part.ToJsonString());
            parts.Add(part);
            JsonMergePatch.Apply(known, part);
        }

        Assert.Equal("""{"old":{"gone":null,"also":null}}""", parts[0].ToJsonString());
        Assert.Equal(1 + 4, parts.Count); // the removals; then 3 + 4 + 90 bytes each, five to a patch
        Assert.Equal(20, parts.Skip(1).Sum(part => part.Count));
    }

    [Fact]
    public void Want_WhatNoHubTakes_IsRefusedByNameAndTheOldStays()
    {
        var mirror = new TwinMirror();
        Assert.Null(mirror.Want("small", JsonNode.Parse("""{"a":1}""")!));
        mirror.Load((JsonObject)JsonNode.Parse("""{"desired":{},"reported":{}}""")!);

        Assert.Contains("big.list[1].text", mirror.Want("big", JsonNode.Parse($$"""{"list":[1,{"text":"{{new string('x', 5000)}}"}]}""")!), StringComparison.Ordinal);
        var wide = new JsonObject();
        for (var i = 0; i < 10; i++)
        {
            wide[$"t{i}"] = new string('x', 4000);
        }

        Assert.Contains("the biggest key is wide with 40020", mirror.Want("wide", wide), StringComparison.Ordinal);
        Assert.Equal("""{"small":{"a":1}}""", mirror.Outstanding()!.ToJsonString());
    }

    [Fact]
    public void Outstanding_RefusedByTheHub_IsNotSentAgainUntilSomethingElseIsWanted()
    {
        var mirror = new TwinMirror();
        mirror.Want("a", JsonValue.Create(1));
        mirror.Load((JsonObject)JsonNode.Parse("""{"desired":{},"reported":{}}""")!);
        Assert.NotNull(mirror.Outstanding());

        mirror.Refused();
        Assert.Null(mirror.Outstanding());
        mirror.Want("b", JsonValue.Create(2));
        Assert.Equal("""{"a":1,"b":2}""", mirror.Outstanding()!.ToJsonString());
    }

    private static JsonObject Without(JsonObject whole, List<JsonObject> parts)
    {
        var rest = (JsonObject)whole.DeepClone();
        foreach (var key in parts.SelectMany(part => part.Select(pair => pair.Key)))
        {
            rest.Remove(key);
        }

        return rest;
    }
}
