using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

public sealed class UpdateWorkerTests : IDisposable
{
    private readonly UpdateDevice _device = new();

    public void Dispose() => _device.Dispose();

    [Fact]
    public void Run_Import_IsCommittedAndItsOutcomeSaid()
    {
        _device.Release("1.0.0");
        _device.Start();

        var id = _device.Import("1.0.0");

        var update = _device.Until(update => State(update) == "Committed");
        Assert.Equal((id, "1.0.0", 0, 1L), ((string?)update["deploymentId"], (string?)update["activeVersion"], Code(update), (long)update["counter"]!));
        var outcome = ImportDesk.OutcomeOf(_device.State, id);
        Eventually.True(() => File.Exists(outcome) && !Directory.Exists(Path.Combine(_device.State, "import", id)), TimeSpan.FromSeconds(10), () => "no outcome");
        Assert.Equal("Committed", State(UpdateStatusFile.TryRead(outcome)!));
        Assert.True(AuditLog.Verify(Path.Combine(_device.State, "audit"), (string?)update["auditHead"]).IsWhole);
        Assert.Equal(["1.0.0"], _device.Trial.Activated);
    }

    [Fact]
    public void Run_ImportWithoutATrustRoot_FailsWithTheCodeForIt()
    {
        _device.Release("1.0.0");
        _device.WithRoot = false;
        _device.Start();

        _device.Import("1.0.0");

        Assert.Equal((int)UpdateCode.Signature, Code(_device.Until(update => State(update) == "Failed")));
        Assert.Empty(_device.Trial.Activated);
    }

    [Fact]
    public void Run_HeldAtTheSite_WaitsWithTheReasonAndGoesOnWhenTheFileIsGone()
    {
        File.WriteAllText(_device.Hold, "audit until Friday\n");
        _device.Release("1.0.0");
        _device.Start();
        var id = _device.Import("1.0.0");
        _device.Until(update => Code(update) == (int)UpdateCode.Hold && $"{update["result"]!["reason"]}".Contains("audit until Friday", StringComparison.Ordinal));

        Assert.Null(_device.Worker.Ask((updater, deployment) => updater.ActivateNow(deployment), id));
        _device.Until(update => Code(update) == (int)UpdateCode.Hold); // the cloud cannot lift the site's hold
        File.Delete(_device.Hold);
        _device.Stop();
        _device.Start(); // a start looks at once

        _device.Until(update => State(update) == "Committed");
    }

    [Fact]
    public void Wish_OfTheHubThatCannotBeFetched_FailsAndTheSameWishIsNotTriedAgain()
    {
        _device.Start();
        _device.Worker.Wish(UpdateDevice.Wish("d-1", 7));
        var update = _device.Until(update => State(update) == "Failed");
        Assert.Equal((200, 7L, "accepted", "d-1"), ((int)update["ac"]!, (long)update["av"]!, (string?)update["ad"], (string?)update["deploymentId"]));
        var head = _device.Audit.Head;

        _device.Worker.Wish(UpdateDevice.Wish("d-1", 7)); // each connection says it again
        _device.Stop();
        _device.Start();
        _device.Worker.Wish(UpdateDevice.Wish("d-1", 8));
        _device.Until(update => (long)update["av"]! == 8);

        Assert.Equal(head, _device.Audit.Head);
    }

    [Fact]
    public void Start_AfterAFailureThatNobodyHeardOf_ReportsItAgain()
    {
        _device.Start();
        _device.Worker.Wish(UpdateDevice.Wish("d-1", 1));
        _device.Until(update => State(update) == "Failed");
        _device.Stop();
        var before = _device.Link.Updates.Count;

        _device.Start();

        Eventually.True(() => _device.Link.Updates.Count > before, TimeSpan.FromSeconds(10), () => "nothing said");
        var again = _device.Link.Updates[before];
        Assert.Equal(("Failed", "d-1"), (State(again), (string?)again["deploymentId"]));
        Assert.NotEqual(0, Code(again));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""{"deploymentId":"d-2","action":"apply"}""")]
    [InlineData("""{"deploymentId":"d-2","action":"apply","model":"toy","version":"9.0.0","manifestSha256":"A","manifestSize":1e308,"source":"file:///etc"}""")]
    public void Wish_NotUnderstood_IsAnswered400AndTheOldStays(string wish)
    {
        _device.Start();
        _device.Worker.Wish(UpdateDevice.Wish("d-1", 1));
        _device.Until(update => State(update) == "Failed");

        _device.Worker.Wish(new JsonObject { ["$version"] = 2L, ["modelUpdate"] = JsonNode.Parse(wish) });

        var update = _device.Until(update => (int)update["ac"]! == 400);
        Assert.Equal((2L, "d-1", "Failed"), ((long)update["av"]!, (string?)update["deploymentId"], State(update)));
        Assert.StartsWith("modelUpdate", (string?)update["ad"], StringComparison.Ordinal);
    }

    [Fact]
    public void Wish_NoneOrAStrangeVersion_ChangesNothing()
    {
        _device.Start();

        _device.Worker.Wish(new JsonObject { ["$version"] = 3L });
        _device.Worker.Wish(new JsonObject { ["modelUpdate"] = null });
        _device.Worker.Wish(new JsonObject { ["$version"] = 1e308, ["modelUpdate"] = "x" });

        Assert.Equal(0L, (long)_device.Until(update => (int)update["ac"]! == 400)["av"]!);
    }

    [Fact]
    public void Wish_TakenBeforeAnImport_DoesNotUndoTheImportWhenTheHubRepeatsIt()
    {
        _device.Release("1.0.0");
        _device.Start();
        _device.Worker.Wish(UpdateDevice.Wish("d-1", 1));
        _device.Until(update => State(update) == "Failed");
        _device.Import("1.0.0");
        _device.Until(update => State(update) == "Committed");
        var head = _device.Audit.Head;

        _device.Worker.Wish(UpdateDevice.Wish("d-1", 1));
        _device.Stop();
        _device.Start();
        _device.Worker.Wish(UpdateDevice.Wish("d-1", 5));
        var update = _device.Until(update => (long)update["av"]! == 5);

        Assert.Equal(("Committed", "1.0.0"), (State(update), (string?)update["activeVersion"]));
        Assert.Equal(head, _device.Audit.Head);
    }

    [Fact]
    public void Wish_CancelWhileAPersonIsAsked_EndsItAsCancelled()
    {
        _device.Release("1.0.0");
        _device.Trial.Shadow = () => new TrialVerdict(TrialOutcome.Hold, UpdateCode.Shadow, "agreement 0.41, asked for are 0.80");
        _device.Start();
        var id = _device.Import("1.0.0");
        _device.Until(update => State(update) == "AwaitingDecision" && Code(update) == (int)UpdateCode.Shadow);

        _device.Worker.Wish(UpdateDevice.Wish(id, 4, "cancel"));

        Assert.Equal((200, "is being cancelled"), _device.Until(update => State(update) == "Failed" && Code(update) == (int)UpdateCode.Cancelled) is { } update ? ((int)update["ac"]!, (string?)update["ad"]) : default);
        Assert.Empty(_device.Trial.Activated);
    }

    [Fact]
    public void Wish_CancelOfSomethingThatIsNotHere_IsTakenAsDone()
    {
        _device.Start();

        _device.Worker.Wish(UpdateDevice.Wish("d-never-seen", 4, "cancel"));

        Assert.Equal("there is nothing of d-never-seen here to cancel", (string?)_device.Until(update => (long)update["av"]! == 4)["ad"]);
    }

    [Fact]
    public void Ask_ApproveAndRollBack_AreCarriedOut()
    {
        _device.Release("1.0.0");
        _device.Trial.Shadow = () => new TrialVerdict(TrialOutcome.Hold, UpdateCode.Shadow, "agreement 0.41");
        _device.Start();
        var id = _device.Import("1.0.0");
        _device.Until(update => State(update) == "AwaitingDecision");

        Assert.Null(_device.Worker.Ask((updater, deployment) => updater.Approve(deployment), id));
        _device.Until(update => State(update) == "Committed");
        Assert.Null(_device.Worker.Ask((updater, deployment) => updater.RollBack(deployment), id));

        var update = _device.Until(update => State(update) == "Blocked");
        Assert.Equal(((int)UpdateCode.OperatorRollback, "0.0.1"), (Code(update), (string?)update["activeVersion"]));
    }

    [Fact]
    public void Run_NewerImportDuringAnOlder_EndsInTheNewerAndBothHaveAnOutcome()
    {
        _device.Release("1.0.0");
        _device.Release("2.0.0");
        _device.Trial.Shadow = () => new TrialVerdict(TrialOutcome.Hold, UpdateCode.Shadow, "agreement 0.41");
        _device.Start();
        var older = _device.Import("1.0.0");
        _device.Until(update => State(update) == "AwaitingDecision");
        _device.Trial.Shadow = () => TrialVerdict.Pass;

        var newer = LaterThan(older, () => _device.Import("2.0.0"));

        Assert.Equal("2.0.0", (string?)_device.Until(update => State(update) == "Committed")["activeVersion"]);
        Eventually.True(() => File.Exists(ImportDesk.OutcomeOf(_device.State, older)) && File.Exists(ImportDesk.OutcomeOf(_device.State, newer)), TimeSpan.FromSeconds(10), () => "no outcome");
        Assert.Equal(["2.0.0"], _device.Trial.Activated);
    }

    [Fact]
    public void Reported_Always_FitsTheModelAndTheLimits()
    {
        _device.Release("1.0.0");
        _device.Start();
        _device.Import("1.0.0");
        _device.Until(update => State(update) == "Committed");
        var model = new DeviceModel();

        foreach (var update in _device.Link.Updates)
        {
            Assert.InRange(update.ToJsonString().Length, 100, 4096);
            var reported = JsonSerializer.SerializeToElement(new JsonObject { ["modelUpdate"] = JsonMergePatchOf(update) });
            Assert.Empty(model.Reported(reported));
        }
    }

    /// <summary>A hub keeps no nulls.</summary>
    private static JsonObject JsonMergePatchOf(JsonObject update) => new(update.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));

    /// <summary>Names of imports begin with the second; two in one second are in no order.</summary>
    private static string LaterThan(string older, Func<string> import)
    {
        Eventually.True(() => string.CompareOrdinal($"import-{TimeProvider.System.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmss}", older[.."import-yyyyMMddTHHmmss".Length]) > 0, TimeSpan.FromSeconds(5), () => "the clock stands");
        return import();
    }

    private static string? State(JsonObject update) => (string?)update["state"];

    private static int Code(JsonObject update) => (int)update["result"]!["code"]!;
}
