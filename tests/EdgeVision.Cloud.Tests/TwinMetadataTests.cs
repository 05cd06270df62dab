using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Tests;

public sealed class TwinMetadataTests
{
    private static readonly DateTimeOffset Made = At(0), First = At(1), Second = At(2);
    private readonly JsonObject _section = [];
    private TwinMetadata _metadata = new("{}", Made);

    [Fact]
    public void Of_NewTwin_IsTheTimeItWasMade() => Sees("""{"$lastUpdated":"T0"}""");

    [Fact]
    public void After_NestedChange_StampsTheWayDownAndLeavesTheRest()
    {
        Write("""{"a":{"b":1,"c":[1,{"x":1}]},"d":"x"}""", First, 2);
        Sees("""{"$lastUpdated":"T1","$lastUpdatedVersion":2,"a":{"$lastUpdated":"T1","$lastUpdatedVersion":2,"b":{"$lastUpdated":"T1","$lastUpdatedVersion":2},"c":{"$lastUpdated":"T1","$lastUpdatedVersion":2}},"d":{"$lastUpdated":"T1","$lastUpdatedVersion":2}}""");

        Write("""{"a":{"b":1}}""", Second, 3); // the same value is written all the same

        Sees("""{"$lastUpdated":"T2","$lastUpdatedVersion":3,"a":{"$lastUpdated":"T2","$lastUpdatedVersion":3,"b":{"$lastUpdated":"T2","$lastUpdatedVersion":3},"c":{"$lastUpdated":"T1","$lastUpdatedVersion":2}},"d":{"$lastUpdated":"T1","$lastUpdatedVersion":2}}""");
    }

    [Theory]
    [InlineData("""{"a":null}""", """{"$lastUpdated":"T2"}""")]
    [InlineData("""{"a":{"b":null}}""", """{"$lastUpdated":"T2","a":{"$lastUpdated":"T2","c":{"$lastUpdated":"T1"}}}""")]
    [InlineData("""{"a":7}""", """{"$lastUpdated":"T2","a":{"$lastUpdated":"T2"}}""")] // what was below a went with it
    [InlineData("""{"a":{"b":{"e":1}}}""", """{"$lastUpdated":"T2","a":{"$lastUpdated":"T2","b":{"$lastUpdated":"T2","e":{"$lastUpdated":"T2"}},"c":{"$lastUpdated":"T1"}}}""")]
    [InlineData("""{"f":{"g":null}}""", """{"$lastUpdated":"T2","a":{"$lastUpdated":"T1","b":{"$lastUpdated":"T1"},"c":{"$lastUpdated":"T1"}},"f":{"$lastUpdated":"T2"}}""")]
    public void After_DeletionOrOtherKind_IsAsTheSectionIs(string change, string expected)
    {
        Write("""{"a":{"b":1,"c":2}}""", First, version: null);

        Write(change, Second, version: null);

        Sees(expected);
    }

    [Fact]
    public void After_WholeNewSection_StampsEverything()
    {
        Write("""{"a":1,"b":1}""", First, 2);
        _metadata = _metadata.After(before: null, Json("""{"b":1}"""), Second, 3);
        _section.Remove("a");

        Sees("""{"$lastUpdated":"T2","$lastUpdatedVersion":3,"b":{"$lastUpdated":"T2","$lastUpdatedVersion":3}}""");
    }

    /// <summary>As Azure writes times.</summary>
    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private void Write(string change, DateTimeOffset now, long? version)
    {
        _metadata = _metadata.After(_section, Json(change), now, version);
        Hub.JsonMergePatch.Apply(_section, Json(change));
    }

    private void Sees(string expected)
    {
        var text = expected.Replace("T0", Text(Made), StringComparison.Ordinal).Replace("T1", Text(First), StringComparison.Ordinal).Replace("T2", Text(Second), StringComparison.Ordinal);
        var metadata = _metadata.Of(_section);
        Assert.True(JsonNode.DeepEquals(Json(text), metadata), metadata.ToJsonString());
    }

    private static DateTimeOffset At(int hours) => new(2026, 11, 24, hours, 0, 0, TimeSpan.Zero);

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
