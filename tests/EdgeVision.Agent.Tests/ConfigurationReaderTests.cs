using System.Text.RegularExpressions;

namespace EdgeVision.Agent.Tests;

public sealed partial class ConfigurationReaderTests
{
    private const string Good = "[model]\ndirectory = \"m\"\n[[camera]]\nid = \"a\"\nsource = \"x.mp4\"\n";

    [Fact]
    public void Parse_LeastConfiguration_HasTheDefaults()
    {
        var options = ConfigurationReader.Parse(Good, "/etc/e/edgevision.toml");

        Assert.Equal(("/etc/e/m", 1, 5.0, 8080), (options.Model.Directory, options.Model.Threads, options.Telemetry.IntervalSeconds, options.Http.Port));
        Assert.Equal(("a", "x.mp4", 5.0), (options.Cameras[0].Id, options.Cameras[0].Source, options.Cameras[0].StallSeconds));
        Assert.Null(options.Hub);
    }

    [Theory]
    [InlineData("stall_secconds = 3", "e.toml:6: camera.stall_secconds is not a key; did you mean stall_seconds?")]
    [InlineData("stall_seconds = 0", "e.toml:6: camera.stall_seconds wants a number from 1 to 300, not 0")]
    [InlineData("stall_seconds = \"5\"", "e.toml:6: camera.stall_seconds wants a number from 1 to 300")]
    [InlineData("loop = 1", "e.toml:6: camera.loop wants true or false")]
    [InlineData("rtsp_transport = \"http\"", "e.toml:6: camera.rtsp_transport 'http' is none of tcp, udp")]
    [InlineData("masks = [0, 0, 1, 1]", "e.toml:6: camera.masks[0] wants at most 32 corners x, y, x, y, ... from 0 to 1")]
    [InlineData("masks = [[0, 0, 1, 0, 1, 1.5]]", "e.toml:6: camera.masks[0] wants at most 32 corners")]
    [InlineData("masks = [[0, 0, 1, 0, 1, 1], [0, 0, 0.5, 0.5, 1, 1]]", "e.toml:6: camera.masks[1] has no area: its corners lie on a line")]
    [InlineData("masks = [[0, 0, 1, 0, 1]]", "e.toml:6: camera.masks[0] has an x without a y")]
    [InlineData("masks = 2026-11-24", "e.toml:6: camera.masks wants a list of at most 16 polygons")]
    [InlineData("regions = { \"a b\" = [0, 0, 1, 0, 1, 1] }", "e.toml:6: camera.regions")]
    [InlineData("regions = { crossing = [0, 0, 1, 0] }", "e.toml:6: camera.regions.crossing has fewer than three corners")]
    [InlineData("decoder_arguments = [1]", "e.toml:6: camera.decoder_arguments wants a list of texts")]
    [InlineData("[telemetri]", "e.toml:6: [telemetri] is not a section; did you mean telemetry?")]
    [InlineData("[[http]]", "e.toml:6: [http] has one bracket")]
    [InlineData("[http]\nport = 70000", "e.toml:7: http.port wants a whole number from 1 to 65535")]
    [InlineData("[http]\nlisten = \"0.0.0.0\"", "http.token_file is needed")]
    [InlineData("[[camera]]\nid = \"a\"\nsource = \"y\"", "two cameras have the id 'a'")]
    [InlineData("[[camera]]\nid = \"b\"", "the [[camera]] with id 'b' has no source")]
    [InlineData("[hub]", "hub.connection_string_file is missing")]
    [InlineData("[hub]\nconnection_string_file = \"c\"\n[provisioning]\nid_scope = \"s\"\nregistration_id = \"r\"\nkey_file = \"k\"", "keep one of them")]
    [InlineData("[provisioning]\nid_scope = \"s\"\nkey_file = \"k\"", "both id_scope and registration_id")]
    [InlineData("[provisioning]\nid_scope = \"s\"\nregistration_id = \"r\"", "wants provisioning.key_file, or a certificate")]
    [InlineData("[provisioning]\nendpoint = \"https://x\"", "e.toml:7: provisioning.endpoint wants a host name")]
    [InlineData("[hub]\nconnection_string_file = \"c\"\ncertificate_file = \"p\"", "name both or neither")]
    [InlineData("[hub]\nproxy_credentials_file = \"p\"", "hub.proxy_credentials_file is for hub.proxy")]
    [InlineData("[hub]\nproxy = \"http://user:hunter2@proxy:3128\"", "go into the file that hub.proxy_credentials_file names")]
    [InlineData("[hub]\ntransport = \"amqp\"", "e.toml:7: hub.transport 'amqp' is none of auto, mqtt, websocket")]
    [InlineData("[hub]\nconnection_string_file = \"c\"\n[broker]\nhost = \"b\"", "[hub] and [broker] are both there")]
    [InlineData("[broker]", "broker.host is missing")]
    [InlineData("[broker]\nhost = \"mqtts://b\"", "leave scheme and path out")]
    [InlineData("[broker]\nhost = \"b\"\nkey_file = \"k\"", "broker.certificate_file and broker.key_file go together")]
    [InlineData("[broker]\nhost = \"b\"\npassword_file = \"p\"", "password_file is there without broker.user")]
    [InlineData("[broker]\nhost = \"b\"\nprotocol = \"4\"", "e.toml:8: broker.protocol '4' is none of 5, 3.1.1")]
    [InlineData("[broker]\nhost = \"b\"\nstate_topic = \"a/#\"", "e.toml:8: broker.state_topic 'a/#' is not a topic to publish to")]
    [InlineData("[broker]\nhost = \"b\"\ncommand_topic = \"a/{device}\"", "e.toml:8: broker.command_topic 'a/{device}' must end in /{method}")]
    [InlineData("[broker]\nhost = \"b\"\nstate_topic = \"a\"\nstatus_topic = \"a\"", "status_topic and state_topic are the same topic 'a'")]
    [InlineData("[broker]\nhost = \"b\"\ntelemetry_topic = \"a\"\nhome_assistant = true", "home_assistant needs {type}")]
    [InlineData("[update]\nwindow = \"night\"", "e.toml:7: update.window a window is written HH:mm-HH:mm")]
    [InlineData("[update]\nwindow = \"04:00-04:00\"", "e.toml:7: update.window a window that ends when it begins is never open")]
    [InlineData("[update]\ntime_zone = \"Europe/Berln\"", "e.toml:7: update.time_zone the time zone 'Europe/Berln' is not known on this device")]
    [InlineData("[update]\nmetered = \"maybe\"", "e.toml:7: update.metered 'maybe' is none of deny, allow")]
    [InlineData("[update]\nmax_kbps = 8", "e.toml:7: update.max_kbps wants a whole number from 16 to 10000000, not 8")]
    [InlineData("[update]\nrevoked = \"whatever\"", "e.toml:7: update.revoked 'whatever' is none of fail-safe, keep-running")]
    [InlineData("[update]\nshadow_share = 0", "e.toml:7: update.shadow_share wants a number from 0.01 to 1, not 0")]
    [InlineData("[update]\nroot_files = \"r\"", "update.root_files is not a key; did you mean root_file?")]
    [InlineData("what is this", "e.toml:6")]
    public void Parse_OneLineIsWrong_NamesFileLineAndTheWayOut(string line, string expected)
    {
        var refused = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Parse(Good + line + "\n", "e.toml"));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralFaults_SaysAllOfThem()
    {
        var refused = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Parse("[model]\nthreads = 0\n[http]\nprt = 1\n", "e.toml"));

        foreach (var expected in new[] { "model.threads", "did you mean port?", "model.directory is missing", "there is no [[camera]]" })
        {
            Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parse_SourceWithPassword_IsNeverInAnError()
    {
        var refused = Assert.Throws<ConfigurationException>(() => ConfigurationReader.Parse("[model]\ndirectory = \"m\"\n[[camera]]\nsource = \"rtsp://admin:hunter2@10.0.0.5/live?token=hunter2\"\n", "e.toml"));

        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultFile_EveryKeyStandsInItAndEveryLineOfItIsRight()
    {
        var text = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "deploy", "edgevision.toml"));
        var options = ConfigurationReader.Parse(CommentedKey().Replace(text, "$1"), "edgevision.toml");
        ConfigurationReader.Parse(text, "edgevision.toml");
        var provisioned = ConnectionStringLine().Replace(BrokerSectionLines().Replace(text, ""), "").Replace("\n## ", "\n", StringComparison.Ordinal);
        var provisioning = ConfigurationReader.Parse(CommentedKey().Replace(provisioned, "$1"), "edgevision.toml").Provisioning;
        var atBroker = ProvisioningSectionLines().Replace(HubSectionLines().Replace(text, ""), "").Replace("\n## ", "\n", StringComparison.Ordinal);
        var broker = ConfigurationReader.Parse(CommentedKey().Replace(atBroker, "$1"), "edgevision.toml").Broker!;
        ConfigurationReader.Parse(atBroker, "edgevision.toml");

        IEnumerable<string> keys =
        [
            .. ConfigurationKeys.Device.Select(key => key.Name), .. ConfigurationKeys.Hub.Select(key => key.Name), .. ConfigurationKeys.Provisioning.Select(key => key.Name), .. ConfigurationKeys.Broker.Select(key => key.Name), .. ConfigurationKeys.Model.Select(key => key.Name), .. ConfigurationKeys.Update.Select(key => key.Name),
            .. ConfigurationKeys.Telemetry.Select(key => key.Name), .. ConfigurationKeys.Http.Select(key => key.Name), .. ConfigurationKeys.Camera.Select(key => key.Name),
        ];
        Assert.All(keys, key => Assert.Matches($@"(?m)^(## )?(# )?{key} = ", text));
        Assert.Equal(
            new UpdateSection
            {
                RootFile = "/etc/edgevision/root.json", Window = "01:00-04:00", TimeZone = "Europe/Berlin", MeteredFile = "/run/edgevision/metered", MaxKbps = 2048, HoldFile = "/etc/edgevision/update.hold",
                AuditDirectory = "/var/lib/edgevision/audit", ShadowShare = 0.04, ShadowMinutes = 10, ProbationMinutes = 60,
            },
            options.Update);
        Assert.Equal(new TelemetryOptions(), options.Telemetry);
        Assert.Equal(new ProvisioningSection { IdScope = "0ne000A1B2C", RegistrationId = "intersection-7", KeyFile = "/etc/edgevision/device-key" }, provisioning);
        Assert.Equal(
            new BrokerSection
            {
                Host = "broker.example", Port = 8883, CaFile = broker.CaFile, CertificateFile = broker.CertificateFile, KeyFile = broker.KeyFile,
                User = "intersection-7", PasswordFile = broker.PasswordFile, ClientId = "intersection-7",
            },
            broker);
        Assert.Equal(new HttpOptions { TokenFile = options.Http.TokenFile }, options.Http);
        Assert.Equal(new CameraOptions { Id = "north", Source = options.Cameras[0].Source, Profile = "rgb-640", Masks = options.Cameras[0].Masks, Regions = options.Cameras[0].Regions }, options.Cameras[0]);
        Assert.Equal((1, "crossing"), (options.Cameras[0].Masks.Count, options.Cameras[0].Regions.Single().Id));
    }

    [Fact]
    public void Equals_SameCameraReadTwice_IsTheSame()
    {
        CameraOptions Read() => ConfigurationReader.Parse(Good + "decoder_arguments = [\"-hwaccel\", \"vaapi\"]\n", "e.toml").Cameras[0];

        Assert.Equal(Read(), Read());
        Assert.NotEqual(Read(), Read() with { DecoderArguments = [] });
    }

    [Fact]
    public void NeedsRestartAfter_BrokerSectionReadTwice_OnlyWhereItChanged()
    {
        AgentOptions Read(string word) => ConfigurationReader.Parse(Good + $"[broker]\nhost = \"b\"\nhome_assistant_classes = [\"{word}\"]\n", "e.toml");

        Assert.False(Read("car").NeedsRestartAfter(Read("car")));
        Assert.True(Read("car").NeedsRestartAfter(Read("person")));
    }

    [Theory]
    [InlineData("window = \"01:00-04:00\"", false)]
    [InlineData("max_kbps = 100", false)]
    [InlineData("root_file = \"r\"", true)]
    [InlineData("hold_file = \"h\"", true)]
    public void NeedsRestartAfter_UpdateSectionChanged_OnlyWhereFilesAreNamed(string line, bool needed) =>
        Assert.Equal(needed, ConfigurationReader.Parse(Good + "[update]\n" + line, "e.toml").NeedsRestartAfter(ConfigurationReader.Parse(Good, "e.toml")));

    [GeneratedRegex("(?m)^# ([a-z_]+ = )")]
    private static partial Regex CommentedKey();

    [GeneratedRegex(@"(?s)\n\[hub\].*?(?=\n# In place of the hub)")]
    private static partial Regex HubSectionLines();

    [GeneratedRegex(@"(?s)\n# In place of the hub.*?(?=\n\n# Where the Device)")]
    private static partial Regex BrokerSectionLines();

    [GeneratedRegex(@"(?s)\n# Where the Device Provisioning.*?(?=\n\n\[model\])")]
    private static partial Regex ProvisioningSectionLines();

    [GeneratedRegex(@"\nconnection_string_file = .*")]
    private static partial Regex ConnectionStringLine();
}
