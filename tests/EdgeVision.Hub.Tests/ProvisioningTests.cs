namespace EdgeVision.Hub.Tests;

public sealed class ProvisioningTests : IDisposable
{
    private const string Key = "a2V5";
    private readonly TemporaryDirectory _folder = new();
    private readonly TestAuthority _authority;

    public ProvisioningTests() => _authority = new TestAuthority(_folder.Path);

    private string File => _folder.File("hub-assignment.json");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void DeriveDeviceKey_VectorOfTheDocumentation_IsItsKey() => Assert.Equal(
        "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=",
        GroupEnrollment.DeriveDeviceKey("8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==", "sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6"));

    [Fact]
    public void Run_NoAssignment_RegistersAsksAgainAndConnectsWithTheSameKey()
    {
        using var hub = new StandInHub(_authority);
        using var service = new StandInHub(_authority);
        var script = new StandInProvisioning(service, (202, StandInProvisioning.Assigning, 3), (200, StandInProvisioning.Assigned($"localhost:{hub.Port}", "cam-one"), 0));
        using var client = new RunningClient(Options(service));
        Assert.Equal("cam-1", client.Client.DeviceId);

        client.Wait(status => status.State == HubState.Connected);
        Assert.Equal(("cam-1", "0ne1/registrations/cam-1/api-version=2019-03-31&ClientVersion=EdgeVision"), (service.Last.ClientId, service.Last.UserName));
        var token = SasToken.TryParse(service.Last.Password)!;
        Assert.Equal(("0ne1/registrations/cam-1", "registration", true), (token.Resource, token.Policy, token.IsSignedWith(Key)));
        Assert.Equal([HubTopicKind.ProvisioningRegister, HubTopicKind.ProvisioningStatus], script.Asked.Select(asked => asked.Topic.Kind));
        Assert.Equal("""{"registrationId":"cam-1"}""", script.Asked[0].Body);
        Assert.Equal("4.op/1", script.Asked[1].Topic.OperationId);
        Assert.InRange(TimeProvider.System.GetElapsedTime(script.Asked[0].At, script.Asked[1].At).TotalSeconds, 2.9, 6);
        Eventually.True(() => service.Last.SaidGoodbye, TimeSpan.FromSeconds(5));

        Assert.Equal(("cam-one", "cam-one"), (hub.Last.ClientId, client.Client.DeviceId));
        Assert.True(SasToken.TryParse(hub.Last.Password)!.IsSignedWith(Key));
        Assert.True(OperatingSystem.IsWindows() || System.IO.File.GetUnixFileMode(File) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.DoesNotContain(Key, System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AssignmentKept_ServiceIsNotAsked()
    {
        using var hub = new StandInHub(_authority);
        using var service = new StandInHub(_authority);
        var options = Options(service);
        new AssignmentFile(options.Provisioning!).Write(new HubAssignment($"localhost:{hub.Port}", "cam-one"));
        using var client = new RunningClient(options);

        client.Wait(status => status.State == HubState.Connected);
        Assert.Empty(service.Attempts);
        // of another registration it counts for nothing
        Assert.Null(new AssignmentFile(options.Provisioning! with { RegistrationId = "cam-2" }).Read());
    }

    [Fact]
    public void Run_HubRefuses_ServiceIsAskedAndItsNewHubTaken()
    {
        using var old = new StandInHub(_authority) { OnConnect = _ => 5 };
        using var hub = new StandInHub(_authority);
        using var service = new StandInHub(_authority);
        _ = new StandInProvisioning(service, (200, StandInProvisioning.Assigned($"localhost:{hub.Port}", "cam-1"), 0));
        var options = Options(service);
        new AssignmentFile(options.Provisioning!).Write(new HubAssignment($"localhost:{old.Port}", "cam-1"));
        using var client = new RunningClient(options);

        client.Wait(status => status.State == HubState.Connected);
        Assert.Equal($"localhost:{hub.Port}", new AssignmentFile(options.Provisioning!).Read()!.Hub);
        Assert.Single(service.Connections);
    }

    [Fact]
    public void Run_HubRefusesAndServiceIsAway_KeepsTheAssignment()
    {
        using var hub = new StandInHub(_authority);
        var refuses = true;
        hub.OnConnect = _ => refuses ? (byte)5 : (byte)0;
        using var service = new StandInHub(_authority) { Resets = true };
        var options = Options(service);
        new AssignmentFile(options.Provisioning!).Write(new HubAssignment($"localhost:{hub.Port}", "cam-1"));
        using var client = new RunningClient(options);

        Eventually.True(() => !service.Attempts.IsEmpty && hub.Connections.Count >= 2, TimeSpan.FromSeconds(20), () => client.Status.ToString());
        refuses = false;
        client.Wait(status => status.State == HubState.Connected, 60);
    }

    [Theory]
    [InlineData(401, """{"errorCode":401002,"message":"Unauthorized"}""", "derived from its group's")]
    [InlineData(404, """{"errorCode":404204}""", "no such scope or enrollment")]
    [InlineData(400, """{"errorCode":400004,"message":"bad"}""", "did not understand (bad)")]
    [InlineData(200, """{"status":"disabled"}""", "enable it")]
    [InlineData(200, """{"status":"unassigned"}""", "link one to it")]
    [InlineData(200, """{"status":"failed","registrationState":{"errorMessage":"no room"}}""", "could not create the device at a hub (no room)")]
    [InlineData(200, """{"status":"assigned","registrationState":{"assignedHub":"a b","deviceId":"x"}}""", "that can be used")]
    [InlineData(200, "not JSON", "did not understand")]
    public void Run_ServiceDecidesAgainstIt_SaysWhatToDo(int status, string body, string advice)
    {
        using var service = new StandInHub(_authority);
        _ = new StandInProvisioning(service, (status, body, 0));
        using var client = new RunningClient(Options(service));

        client.Wait(now => now.Failure == HubFailure.NotProvisioned);
        Assert.Contains(advice, client.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, client.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ServiceIsBusyThenBroken_IsAskedAgainAfterItsPause()
    {
        using var hub = new StandInHub(_authority);
        using var service = new StandInHub(_authority);
        var script = new StandInProvisioning(service, (429, "", 3), (500, """{"message":"broken"}""", 0), (200, StandInProvisioning.Assigned($"localhost:{hub.Port}", "cam-1"), 0));
        using var client = new RunningClient(Options(service));

        client.Wait(status => status.State == HubState.Connected);
        Assert.All(script.Asked, asked => Assert.Equal(HubTopicKind.ProvisioningRegister, asked.Topic.Kind));
        Assert.InRange(TimeProvider.System.GetElapsedTime(script.Asked[0].At, script.Asked[1].At).TotalSeconds, 2.9, 6);
        Assert.InRange(TimeProvider.System.GetElapsedTime(script.Asked[1].At, script.Asked[2].At).TotalSeconds, 1.9, 5);
    }

    [Fact]
    public void Run_Certificate_RegistersAndConnectsWithIt()
    {
        using var hub = new StandInHub(_authority);
        using var service = new StandInHub(_authority);
        _ = new StandInProvisioning(service, (200, StandInProvisioning.Assigned($"localhost:{hub.Port}", "cam-1"), 0));
        var (certificateFile, keyFile) = _authority.Device("cam-1");
        var options = Options(service);
        using var client = new RunningClient(options with { Provisioning = options.Provisioning! with { Key = null }, CertificateFile = certificateFile, KeyFile = keyFile });

        client.Wait(status => status.State == HubState.Connected);
        Assert.Equal(("CN=cam-1", "", "CN=cam-1", ""), (service.Last.Certificate?.Subject, service.Last.Password, hub.Last.Certificate?.Subject, hub.Last.Password));
    }

    [Fact]
    public void Ended_TenFailuresInARow_ServiceIsDue()
    {
        using var service = new StandInHub(_authority);
        var options = Options(service);
        new AssignmentFile(options.Provisioning!).Write(new HubAssignment("hub.example", "cam-1"));
        var enrolment = new Enrolment(options, new HubAccess(options, TimeProvider.System), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        for (var i = 0; i < 9; i++)
        {
            enrolment.Ended(HubFailure.TimedOut);
        }

        Assert.False(enrolment.IsDue);
        enrolment.Ended(HubFailure.Closed);
        Assert.True(enrolment.IsDue);
        enrolment.Ended(HubFailure.None);
        Assert.False(enrolment.IsDue);
    }

    private HubOptions Options(StandInHub service) => new()
    {
        CaFile = _authority.CaFile, Transport = HubTransport.Mqtt,
        Provisioning = new ProvisioningOptions { IdScope = "0ne1", RegistrationId = "cam-1", Key = Key, StateDirectory = _folder.Path, Endpoint = HubEndpoint.TryParse($"localhost:{service.Port}")! },
    };
}
