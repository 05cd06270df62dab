using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeVision.Agent.Tests;

/// <summary>The rules of DTDL v3 that a parser would hold the model to, as far as the model uses the language.</summary>
public sealed partial class DeviceModelTests
{
    private const int Deepest = 5, LongestDescription = 512, LongestDisplayName = 64;
    private static readonly string[] Primitives = ["boolean", "dateTime", "double", "integer", "long", "string"];
    private readonly DeviceModel _model = new();

    [Fact]
    public void Model_IsAnInterfaceOfTheThirdVersion_UnderTheIdTheDeviceAnnounces()
    {
        Assert.Equal(("dtmi:dtdl:context;3", "Interface", "dtmi:edgevision:Device;1"), Heading(_model.Document));
        Assert.Equal(("dtmi:dtdl:context;3", "Interface", "dtmi:edgevision:ModelUpdate;1"), Heading(_model.Documents[1]));
        Assert.All(_model.Documents.SelectMany(document => document.GetProperty("schemas").EnumerateArray()), schema => Assert.Matches(Dtmi(), schema.GetProperty("@id").GetString()));
    }

    [Fact]
    public void Model_EveryName_IsLettersDigitsAndUnderscoreAndUniqueAmongItsLike()
    {
        foreach (var element in _model.Documents.SelectMany(Everything))
        {
            foreach (var list in new[] { "contents", "fields", "enumValues" })
            {
                if (element.TryGetProperty(list, out var members))
                {
                    var names = members.EnumerateArray().Select(member => member.GetProperty("name").GetString()!).ToList();
                    Assert.All(names, name => Assert.Matches(Name(), name));
                    Assert.Distinct(names);
                }
            }
        }
    }

    [Fact]
    public void Model_EverySchema_IsKnownAndNestsNoDeeperThanFive()
    {
        foreach (var element in _model.Documents.SelectMany(Everything))
        {
            foreach (var key in new[] { "schema", "elementSchema" })
            {
                if (element.TryGetProperty(key, out var schema) && !IsComponent(element))
                {
                    Assert.InRange(DepthOf(schema), 0, Deepest);
                }
            }
        }
    }

    [Fact]
    public void Model_EveryText_FitsItsLimit()
    {
        foreach (var element in _model.Documents.SelectMany(Everything))
        {
            Assert.InRange(element.TryGetProperty("description", out var description) ? description.GetString()!.Length : 0, 0, LongestDescription);
            Assert.InRange(element.TryGetProperty("displayName", out var name) ? name.GetString()!.Length : 0, 0, LongestDisplayName);
        }
    }

    private static (string?, string?, string?) Heading(JsonElement document) => (document.GetProperty("@context").GetString(), document.GetProperty("@type").GetString(), document.GetProperty("@id").GetString());

    private static bool IsComponent(JsonElement element) => element.TryGetProperty("@type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "Component";

    private int DepthOf(JsonElement reference)
    {
        var schema = _model.Resolve(reference);
        switch (DeviceModel.KindOf(schema))
        {
            case "Object":
                return 1 + schema.GetProperty("fields").EnumerateArray().Max(field => DepthOf(field.GetProperty("schema")));
            case "Array":
                return 1 + DepthOf(schema.GetProperty("elementSchema"));
            case "Map":
                Assert.Equal("string", schema.GetProperty("mapKey").GetProperty("schema").GetString());
                return 1 + DepthOf(schema.GetProperty("mapValue").GetProperty("schema"));
            case "Enum":
                return 1;
            case var primitive:
                Assert.Contains(primitive, Primitives);
                return 0;
        }
    }

    private static IEnumerable<JsonElement> Everything(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => [element, .. element.EnumerateObject().SelectMany(member => Everything(member.Value))],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Everything),
        _ => [],
    };

    [GeneratedRegex("^[A-Za-z](?:[A-Za-z0-9_]*[A-Za-z0-9])?$")]
    private static partial Regex Name();

    [GeneratedRegex("^dtmi:[A-Za-z](?:[A-Za-z0-9_]*[A-Za-z0-9])?(?::[A-Za-z](?:[A-Za-z0-9_]*[A-Za-z0-9])?)*;[1-9][0-9]{0,8}$")]
    private static partial Regex Dtmi();
}
