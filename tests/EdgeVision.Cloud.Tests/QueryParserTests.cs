using System.Text.Json.Nodes;
using EdgeVision.Cloud.Query;

namespace EdgeVision.Cloud.Tests;

public sealed class QueryParserTests
{
    private static readonly JsonObject Twin = JsonNode.Parse("""
        {"deviceId":"cam-1","status":"enabled","tags":{"site":"a","odd name":1,"it's":"x","floors":[1,2]},
         "properties":{"desired":{"on":true},"reported":{"fps":12.5,"model":{"name":"toy","version":"1.2.0"},"none":null}}}
        """)!.AsObject();

    [Theory]
    [InlineData("", true)]
    [InlineData("WHERE tags.site = 'a'", true)]
    [InlineData("where tags.site='b'", false)]
    [InlineData("WHERE tags.Site = 'a'", false)] // names are case-sensitive
    [InlineData("WHERE tags.site != 'b'", true)]
    [InlineData("WHERE tags.gone != 'b'", false)] // what is not there compares with nothing
    [InlineData("WHERE NOT tags.gone = 'b'", true)]
    [InlineData("WHERE properties.reported.fps > 12", true)]
    [InlineData("WHERE properties.reported.fps >= 12.5 AND properties.reported.fps <= 12.5", true)]
    [InlineData("WHERE properties.reported.fps < -1e3", false)]
    [InlineData("WHERE 13 > properties.reported.fps", true)]
    [InlineData("WHERE properties.reported.fps > '1'", false)] // a number is not compared with a text
    [InlineData("WHERE properties.reported.fps <> '12.5'", true)]
    [InlineData("WHERE properties.reported.model.version > \"1.1\"", true)]
    [InlineData("WHERE properties.desired.on = true AND status = 'enabled'", true)]
    [InlineData("WHERE deviceId IN ['cam-2', 'cam-1']", true)]
    [InlineData("WHERE deviceId NOT IN ['cam-2']", true)]
    [InlineData("WHERE tags['odd name'] = 1", true)]
    [InlineData("WHERE tags['it''s'] = 'x'", true)]
    [InlineData("WHERE IS_DEFINED(properties.reported.none) AND NOT IS_DEFINED(tags.none)", true)]
    [InlineData("WHERE properties.reported.none = null", true)]
    [InlineData("WHERE STARTSWITH(deviceId, 'cam')", true)]
    [InlineData("WHERE STARTSWITH(properties.reported.fps, '1')", false)]
    [InlineData("WHERE tags.site = 'b' AND tags.site = 'a' OR deviceId = 'cam-1'", true)] // AND binds closer
    [InlineData("WHERE tags.site = 'b' AND (tags.site = 'a' OR deviceId = 'cam-1')", false)]
    [InlineData("WHERE NOT (tags.site = 'b' OR tags.site = 'c')", true)]
    public void Holds_Condition_IsWhatItSays(string where, bool holds) => Assert.Equal(holds, QueryParser.Parse("SELECT * FROM devices " + where).Holds(Twin));

    [Theory]
    [InlineData("", "position 1: SELECT is expected, not the end")]
    [InlineData("SELECT deviceId FROM devices", "position 8: '*' is expected, not 'deviceId'")]
    [InlineData("SELECT * FROM twins", "position 15: devices is expected")]
    [InlineData("SELECT * FROM devices WHERE", "position 28: a property or a value is expected, not the end")]
    [InlineData("SELECT * FROM devices WHERE a", "position 30: a comparison")]
    [InlineData("SELECT * FROM devices WHERE a = 'b", "position 33: the text that begins here has no closing '")]
    [InlineData("SELECT * FROM devices WHERE a ; b", "position 31: ';' means nothing here")]
    [InlineData("SELECT * FROM devices WHERE a = 1 b", "position 35: AND, OR or the end is expected, not 'b'")]
    [InlineData("SELECT * FROM devices WHERE (a = 1", "position 35: ')' is expected, not the end")]
    [InlineData("SELECT * FROM devices WHERE a IN 'b'", "position 34: '[' is expected")]
    [InlineData("SELECT * FROM devices WHERE a = 1..2", "position 33: a number is expected, not '1..2'")]
    public void Parse_NotUnderstood_NamesThePosition(string query, string words) =>
        Assert.Contains(words, Assert.Throws<QueryException>(() => QueryParser.Parse(query)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_NestedWithoutEnd_IsRefusedAndNotAStackOverflow()
    {
        Assert.Contains("nested deeper", Assert.Throws<QueryException>(() => QueryParser.Parse("SELECT * FROM devices WHERE " + new string('(', 5000))).Message, StringComparison.Ordinal);
        Assert.Contains("at most", Assert.Throws<QueryException>(() => QueryParser.Parse("SELECT * FROM devices WHERE " + new string('(', 500_000))).Message, StringComparison.Ordinal);
        var wide = string.Join(" OR ", Enumerable.Repeat("a=1", 1000));
        Assert.False(QueryParser.Parse("SELECT * FROM devices WHERE " + wide).Holds(Twin));
    }

    [Fact]
    public void Parse_AnythingCutOrScrambled_IsReadOrRefused()
    {
        const string Query = "SELECT * FROM devices WHERE NOT (tags['a b'] >= -1.5e3 AND IS_DEFINED(x.y)) OR STARTSWITH(deviceId, \"c\\\"a\") OR a IN ['b', 2, null]";
        QueryParser.Parse(Query);
        var random = new Random(7);
        for (var i = 0; i < 5000; i++)
        {
            var letters = Query.ToCharArray();
            letters[random.Next(letters.Length)] = Query[random.Next(Query.Length)];
            letters[random.Next(letters.Length)] = (char)random.Next(1, 300);
            try
            {
                QueryParser.Parse(new string(letters)[..random.Next(letters.Length)]).Holds(Twin);
            }
            catch (QueryException)
            {
                // refused, as it may be
            }
        }
    }
}
