using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub.Tests;

/// <summary>Every parser of what comes from the network or from a person: it answers, or throws what its documentation says, whatever it is given. Longer with EDGEVISION_SOAK_CYCLES.</summary>
public sealed class ParserFuzzTests
{
    private static readonly int Rounds = 20_000 * int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public void HubTopic_AnyText_IsAKindAndNeverAnError()
    {
        string[] good =
        [
            "$iothub/twin/res/204/?$rid=7&$version=12", "$iothub/twin/PATCH/properties/desired/?$version=3", "$iothub/methods/POST/reboot/?$rid=5", "$iothub/methods/res/200/?$rid=5", "$iothub/twin/GET/?$rid=1",
            "devices/cam-1/messages/events/%24.ct=application%2Fjson&a=b%26c", "devices/a/messages/devicebound/%24.to=%2Fdevices%2Fa&x", "$dps/registrations/res/202/?$rid=1&retry-after=3",
            "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=1&operationId=4.op",
        ];
        var known = 0;
        Run(1, fuzz =>
        {
            var topic = HubTopic.Parse(fuzz.Mutate(good));
            _ = (topic.RequestId, topic.Version, topic.RetryAfter, topic.OperationId);
            known += topic.Kind == HubTopicKind.Unknown ? 0 : 1;
        });
        Assert.InRange(known, Rounds / 10, Rounds - 1); // neither all broken nor all whole
    }

    [Fact]
    public void PropertyBag_AnyTexts_ComeBackAsTheyWere() => Run(2, fuzz =>
    {
        var bag = Enumerable.Range(0, 4).Select(_ => (Key: fuzz.Text(12), Value: fuzz.Text(30))).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);

        Assert.Equal(bag, PropertyBag.Decode(PropertyBag.Encode(bag))!);
    });

    [Fact]
    public void PropertyBag_AnyText_IsABag() => Run(3, fuzz => _ = PropertyBag.Decode(fuzz.Mutate(["%24.mid=1&%24.ct=application%2Fjson&a=b", "?a=b/", "a&b=&=c"])));

    [Fact]
    public void SasToken_AnyText_IsATokenOrNothing()
    {
        const string Key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        var good = SasToken.Create("hub.example/devices/cam-1", Key, DateTimeOffset.FromUnixTimeSeconds(1767225600));
        var signed = 0;
        Run(4, fuzz =>
        {
            var text = fuzz.Mutate([good]);
            if (SasToken.TryParse(text) is { } token && token.IsSignedWith(Key))
            {
                // whatever was changed, what is signed was not
                Assert.Equal(("hub.example/devices/cam-1", 1767225600), (token.Resource, token.Expiry));
                signed++;
            }
        });
        Assert.NotEqual(0, signed);
    }

    [Fact]
    public void HubConnectionString_AnyText_ParsesOrSaysWhyWithoutTheKey()
    {
        string[] good = ["HostName=hub.example:8883;DeviceId=cam-1;SharedAccessKey=c2VjcmV0a2V5c2VjcmV0", "HostName=h;DeviceId=d;x509=true;GatewayHostName=g:1;HttpsPort=8443"];
        Run(5, fuzz =>
        {
            try
            {
                var parsed = HubConnectionString.Parse(fuzz.Mutate(good));
                Assert.DoesNotContain("c2VjcmV0", parsed.ToString(), StringComparison.Ordinal);
                Assert.True(DeviceIds.IsValid(parsed.DeviceId) && parsed.Endpoint.MqttPort is > 0 and < 65536 && Uri.CheckHostName(parsed.Endpoint.Host) != UriHostNameType.Unknown);
            }
            catch (HubException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        });
    }

    [Fact]
    public void JsonMergePatch_AnyTwoObjects_DifferenceLeadsFromOneToTheOther() => Run(6, fuzz =>
    {
        var (from, to) = (Clean(fuzz.Object(4)), Clean(fuzz.Object(4)));

        var patched = (JsonObject)from.DeepClone();
        JsonMergePatch.Apply(patched, JsonMergePatch.Difference(from, to));

        Assert.All(to, pair => Assert.True(JsonNode.DeepEquals(pair.Value, patched[pair.Key]), $"{from.ToJsonString()} to {to.ToJsonString()} gave {patched.ToJsonString()}"));
    });

    [Fact]
    public void TwinSize_AnyPatchInParts_IsThePatch() => Run(7, fuzz =>
    {
        var (known, wanted) = (new JsonObject(), Clean(fuzz.Object(5)));
        for (var parts = 0; JsonMergePatch.Difference(known, wanted) is { Count: > 0 } rest; parts++)
        {
            var part = TwinSize.FirstPart(rest, 40);
            Assert.True(part.Count > 0 && parts < 200, rest.ToJsonString());
            JsonMergePatch.Apply(known, part);
        }

        Assert.Empty(JsonMergePatch.Difference(known, wanted));
    });

    [Theory]
    [InlineData("""{"a":""", "1", "}")]
    [InlineData("[", "1", "]")]
    public void TwinDocument_TenThousandDeep_IsNoObjectAndNoCrash(string open, string inside, string close)
    {
        const int Depth = 10_000;
        var text = $$"""{"desired":{{string.Concat(Enumerable.Repeat(open, Depth))}}{{inside}}{{string.Concat(Enumerable.Repeat(close, Depth))}}}""";

        Assert.Null(JsonText.TryParseObject(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void TwinDocument_KeyTwice_IsNoObject() => Assert.Null(JsonText.TryParseObject("""{"desired":{"a":1,"a":2}}"""));

    [Fact]
    public void TwinDocument_AnyBytes_IsAnObjectOrNothing() => Run(8, fuzz =>
    {
        var mirror = new TwinMirror();
        if (JsonText.TryParseObject(Encoding.UTF8.GetBytes(fuzz.Mutate(["""{"desired":{"a":{"b":[1,"x"]},"$version":4},"reported":{"c":true,"$version":2}}"""]))) is { } document)
        {
            mirror.Want("c", JsonValue.Create(1));
            mirror.Load(document);
            mirror.Outstanding();
            mirror.Patch(document);
        }
    });

    /// <summary>A key whose value is null does not exist in a twin.</summary>
    private static JsonObject Clean(JsonObject json)
    {
        foreach (var (key, value) in json.ToArray())
        {
            if (value is null || (value is JsonObject inner && Clean(inner).Count == 0))
            {
                json.Remove(key);
            }
        }

        return json;
    }

    private static void Run(int seed, Action<FuzzText> body)
    {
        var fuzz = new FuzzText(seed);
        for (var round = 0; round < Rounds; round++)
        {
            body(fuzz);
        }
    }
}
