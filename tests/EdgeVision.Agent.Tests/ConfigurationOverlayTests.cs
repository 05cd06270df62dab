using System.Text.Json.Nodes;

namespace EdgeVision.Agent.Tests;

public sealed class ConfigurationOverlayTests
{
    private static readonly AgentOptions File = ConfigurationReader.Parse("""
        [model]
        directory = "m"
        min_confidence = 0.3
        [telemetry]
        interval_seconds = 7
        [[camera]]
        id = "north"
        source = "rtsp://admin:hunter2@10.0.0.5/live"
        masks = [[0, 0, 1, 0, 1, 0.5]]
        [[camera]]
        id = "south"
        source = "/videos/south.mp4"
        """, "e.toml");

    [Fact]
    public void Lay_GoodWishes_ChangeWhatTheyNameAndLeaveTheRest()
    {
        var options = Lay("""
            {"cameras": {"north": {"stallSeconds": 8, "rtspTransport": "udp"}, "south": null, "east": {"source": "rtsp://10.0.0.7/live", "enabled": false}},
             "model": {"minConfidence": 0.4}, "telemetry": {"intervalSeconds": 10}}
            """);

        Assert.Equal(["north", "south", "east"], options.Cameras.Select(camera => camera.Id));
        Assert.Equal((8.0, Capture.RtspTransport.Udp, File.Cameras[0].Source), (options.Cameras[0].StallSeconds, options.Cameras[0].RtspTransport, options.Cameras[0].Source));
        Assert.Equal(File.Cameras[1], options.Cameras[1]);
        Assert.Equal((0.4f, 10.0, false), (options.Model.MinConfidence, options.Telemetry.IntervalSeconds, options.Cameras[2].Enabled));
        Assert.NotEqual(File.Hash, options.Hash);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"model": null, "cameras": {"north": {"stallSeconds": null}}}""")]
    [InlineData("""{"telemetry": {"intervalSeconds": 7}}""")]
    public void Lay_NothingOrTheFilesOwnValues_IsTheFile(string wishes)
    {
        var options = Lay(wishes);

        Assert.Equal((File.Hash, File.Telemetry), (options.Hash, options.Telemetry));
        Assert.Equal(File.Cameras, options.Cameras);
    }

    [Fact]
    public void Lay_SameWishesInAnotherOrder_HaveTheSameHash() => Assert.Equal(
        Lay("""{"telemetry": {"intervalSeconds": 9}, "cameras": {"x": {"source": "rtsp://h/x"}, "a": {"loop": true, "source": "rtsp://h/a"}}}""").Hash,
        Lay("""{"cameras": {"a": {"source": "rtsp://h/a", "loop": true}, "x": {"source": "rtsp://h/x"}}, "telemetry": {"intervalSeconds": 9.0}}""").Hash);

    [Fact]
    public void Lay_Masks_AreAddedToTheFilesAndNeverTakeThemAway()
    {
        Assert.Equal(2, Lay("""{"cameras": {"north": {"masks": [[0, 0.9, 1, 0.9, 1, 1]]}}}""").Cameras[0].Masks.Count);
        Assert.Equal(File.Cameras[0].Masks, Lay("""{"cameras": {"north": {"masks": []}}}""").Cameras[0].Masks);
    }

    [Theory]
    [InlineData("""{"cameras": {"north": {"stallSeconds": 900}}}""", "config.cameras.north.stallSeconds wants a number from 1 to 300, not 900")]
    [InlineData("""{"cameras": {"north": {"stallSecconds": 9}}}""", "config.cameras.north.stallSecconds is not a key; did you mean stallSeconds?")]
    [InlineData("""{"cameras": {"north": {"stall_seconds": 9}}}""", "did you mean stallSeconds?")]
    [InlineData("""{"cameras": {"north": {"masks": [[0, 0, 1, 0, 2, 2]]}}}""", "config.cameras.north.masks[0] wants at most 32 corners")]
    [InlineData("""{"cameras": {"north": {"regions": {"a": [0, 0, 1, 1, 0.5, 0.5]}}}}""", "config.cameras.north.regions.a has no area")]
    [InlineData("""{"cameras": {"norht": {"stallSeconds": 9}}}""", "config.cameras.norht has no source, and edgevision.toml has no camera of that id; did you mean north?")]
    [InlineData("""{"cameras": {"a b": {"source": "rtsp://h/x"}}}""", "config.cameras.a b wants an object, and a name")]
    [InlineData("""{"cameras": []}""", "config.cameras wants an object")]
    [InlineData("""{"telemetri": {}}""", "config.telemetri is not a key; did you mean telemetry?")]
    [InlineData("""{"telemetry": {"intervalSeconds": "often"}}""", "config.telemetry.intervalSeconds wants a number from 1 to 3600")]
    [InlineData("""{"telemetry": 5}""", "config.telemetry wants an object")]
    [InlineData("""{"model": {"minConfidence": true}}""", "config.model.minConfidence wants a number from 0 to 1")]
    public void Lay_OneWishIsWrong_NamesItsPathAndTheWayOut(string wishes, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => Lay(wishes)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"cameras": {"north": {"decoderPath": "/bin/sh"}}}""", "config.cameras.north.decoderPath can be set in edgevision.toml only")]
    [InlineData("""{"cameras": {"north": {"decoderArguments": ["-f", "x"]}}}""", "config.cameras.north.decoderArguments can be set in edgevision.toml only")]
    [InlineData("""{"cameras": {"north": {"source": "/etc/shadow"}}}""", "files and folders can be set in edgevision.toml only")]
    [InlineData("""{"cameras": {"x": {"source": "file:///etc/shadow"}}}""", "files and folders can be set in edgevision.toml only")]
    [InlineData("""{"cameras": {"x": {"source": "concat:/etc/shadow"}}}""", "files and folders can be set in edgevision.toml only")]
    [InlineData("""{"cameras": {"x": {"source": "-i /etc/shadow"}}}""", "files and folders can be set in edgevision.toml only")]
    [InlineData("""{"model": {"nativeLibrary": "/tmp/x.so"}}""", "config.model.nativeLibrary can be set in edgevision.toml only")]
    [InlineData("""{"model": {"directory": "/tmp"}}""", "config.model.directory can be set in edgevision.toml only")]
    [InlineData("""{"hub": {"caFile": "/tmp/ca"}}""", "config.hub can be set in edgevision.toml only")]
    [InlineData("""{"http": {"listen": "0.0.0.0"}}""", "config.http can be set in edgevision.toml only")]
    [InlineData("""{"update": {"rootFile": "/tmp/root.json"}}""", "config.update.rootFile can be set in edgevision.toml only")]
    [InlineData("""{"update": {"window": "00:00-23:59"}}""", "config.update.window can be set in edgevision.toml only")]
    [InlineData("""{"device": {"stateDirectory": "/"}}""", "config.device can be set in edgevision.toml only")]
    public void Lay_WhatCouldRunProgramsOrReadFiles_IsRefused(string wishes, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => Lay(wishes)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("allow", 400, false, "allow", 400, false)] // no stricter than nothing said: as wished
    [InlineData("deny", 400, true, "deny", 300, true)]
    public void Lay_UpdateWishes_CanTakeAwayAndNeverGive(string metered, int kbps, bool auto, string meteredNow, int kbpsNow, bool autoNow)
    {
        var site = File with { Update = new UpdateSection { AllowMetered = metered == "allow", MaxKbps = metered == "allow" ? null : 300 } };

        var update = ConfigurationOverlay.Lay((JsonObject)JsonNode.Parse($$"""{"update": {"metered": "allow", "maxKbps": {{kbps}}, "autoActivate": {{(auto ? "true" : "false")}} } }""")!, site).Update;

        Assert.Equal((meteredNow == "allow", kbpsNow, autoNow), (update.AllowMetered, update.MaxKbps, update.AutoActivate));
    }

    [Fact]
    public void Lay_AutoActivateThatTheSiteForbids_StaysForbidden() =>
        Assert.False(ConfigurationOverlay.Lay((JsonObject)JsonNode.Parse("""{"update": {"autoActivate": true}}""")!, File with { Update = new UpdateSection { AutoActivate = false } }).Update.AutoActivate);

    [Fact]
    public void Lay_SeveralFaults_SaysAllOfThem()
    {
        var message = Assert.Throws<ConfigurationException>(() => Lay("""{"telemetry": {"intervalSeconds": 0}, "cameras": {"north": {"loop": 1}, "south": {"paced": "no"}}}""")).Message;

        Assert.Equal(3, message.Split('\n').Length);
    }

    [Fact]
    public void Lay_CameraThatTheFileHasNoMore_IsLeftOutAfterAReload()
    {
        var wishes = (JsonObject)JsonNode.Parse("""{"cameras": {"west": {"stallSeconds": 9}, "north": {"stallSeconds": 9}}}""")!;

        var options = ConfigurationOverlay.Lay(wishes, File, orphansStay: true);

        Assert.Equal(["north", "south"], options.Cameras.Select(camera => camera.Id));
        Assert.Equal(9, options.Cameras[0].StallSeconds);
    }

    [Fact]
    public void Brief_ManyPolygonsAndAPassword_FitsAndNamesNoSecret()
    {
        var polygon = "[" + string.Join(',', Enumerable.Range(0, 64).Select(i => i % 3 == 0 ? 0.123456789012345 : 0.987654321098765 / (i + 1))) + "]";
        var cameras = string.Join(',', Enumerable.Range(0, 40).Select(i => $$"""
            "cam{{i}}": {"source": "rtsp://admin:hunter2@10.0.0.{{i}}/live?token=hunter2", "masks": [{{polygon}}, {{polygon}}]}
            """));

        var brief = EffectiveConfiguration.Brief(Lay($$"""{"cameras": { {{cameras}} } }""")).ToJsonString();

        Assert.InRange(brief.Length, 1000, 24 * 1024);
        Assert.DoesNotContain("hunter2", brief, StringComparison.Ordinal);
        Assert.Contains("10.0.0.7/live", brief, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_RemoteNames_AreTheFilesInCamelCase() =>
        Assert.Contains("maxBackoffSeconds", ConfigurationKeys.Camera.Select(key => key.RemoteName));

    private static AgentOptions Lay(string wishes) => ConfigurationOverlay.Lay((JsonObject)JsonNode.Parse(wishes)!, File);
}
