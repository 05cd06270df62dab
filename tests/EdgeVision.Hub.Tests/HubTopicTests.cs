namespace EdgeVision.Hub.Tests;

public sealed class HubTopicTests
{
    [Theory]
    [InlineData("$iothub/twin/res/204/?$rid=7&$version=12", HubTopicKind.TwinResponse, "", 204, "7", 12)]
    [InlineData("$iothub/twin/PATCH/properties/desired/?$version=3", HubTopicKind.TwinDesired, "", 0, "", 3)]
    [InlineData("$iothub/twin/PATCH/properties/reported/?$rid=a-b", HubTopicKind.TwinReport, "", 0, "a-b", 0)]
    [InlineData("$iothub/twin/GET/?$rid=1", HubTopicKind.TwinGet, "", 0, "1", 0)]
    [InlineData("$iothub/methods/POST/reboot/?$rid=5", HubTopicKind.MethodRequest, "reboot", 0, "5", 0)]
    [InlineData("$iothub/methods/res/200/?$rid=5", HubTopicKind.MethodResponse, "", 200, "5", 0)]
    [InlineData("$iothub/methods/res/x/?$rid=5", HubTopicKind.Unknown, "", 0, "", 0)]
    [InlineData("$iothub/methods/POST//?$rid=5", HubTopicKind.Unknown, "", 0, "", 0)]
    [InlineData("devices/a/elsewhere", HubTopicKind.Unknown, "", 0, "", 0)]
    [InlineData("", HubTopicKind.Unknown, "", 0, "", 0)]
    public void Parse_Topic_GivesItsParts(string topic, HubTopicKind kind, string name, int status, string requestId, long version)
    {
        var parsed = HubTopic.Parse(topic);

        Assert.Equal((kind, name, status, requestId, version), (parsed.Kind, parsed.Name, parsed.Status, parsed.RequestId, parsed.Version));
    }

    [Theory]
    [InlineData("devices/cam-1/messages/events/")]
    [InlineData("devices/cam-1/messages/events/%24.ct=application%2Fjson&a=b%26c")]
    [InlineData("devices/cam-1/messages/events/?$.ct=application%2Fjson&a=b%26c/")]
    public void Parse_TelemetryAsAnySdkSendsIt_GivesDeviceAndProperties(string topic)
    {
        var parsed = HubTopic.Parse(topic);

        Assert.Equal((HubTopicKind.Telemetry, "cam-1"), (parsed.Kind, parsed.DeviceId));
        Assert.True(parsed.Properties.Count is 0 || (parsed.Properties["$.ct"], parsed.Properties["a"]) == ("application/json", "b&c"));
    }

    [Theory]
    [InlineData("devices/cam-1/modules/vision/messages/events/", HubTopicKind.Telemetry, "cam-1/vision")]
    [InlineData("devices/cam-1/modules/vision/inputs/in", HubTopicKind.Unknown, "")]
    [InlineData("devices/cam-1/vision/messages/events/", HubTopicKind.Unknown, "")]
    public void Parse_TopicOfAModule_NamesDeviceAndModule(string topic, HubTopicKind kind, string id) => Assert.Equal((kind, id), (HubTopic.Parse(topic).Kind, HubTopic.Parse(topic).DeviceId));

    [Fact]
    public void DeviceBound_ThenParse_IsTheSame()
    {
        var parsed = HubTopic.Parse(HubTopic.DeviceBound("cam-1", "%24.to=x&a=b"));

        Assert.Equal((HubTopicKind.DeviceBound, "cam-1", "b"), (parsed.Kind, parsed.DeviceId, parsed.Properties["a"]));
    }

    [Fact]
    public void Encode_ThenDecode_IsTheSame()
    {
        var bag = new Dictionary<string, string> { ["$.mid"] = "ü/?&=# +", ["empty"] = "" };

        Assert.Equal(bag, PropertyBag.Decode(PropertyBag.Encode(bag))!);
        Assert.Null(PropertyBag.Decode("alone")["alone"]);
    }
}
