using EdgeVision.Packaging;
using static EdgeVision.Update.UpdateEvent;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update.Tests;

/// <summary>Brings a device to one row of the table and cuts its power there.</summary>
internal sealed class PowerCutScenario(Device device)
{
    private readonly ModelPackage _old = device.Publish("1.0.0");
    private readonly ModelPackage _overtaken = device.Publish("1.5.0");
    private readonly ModelPackage _new = device.Publish("2.0.0");

    public bool WasCut { get; private set; }

    public async Task PlayAsync(UpdateState state, UpdateEvent @event, string point)
    {
        await Begin(state, @event);
        switch (@event)
        {
            case Offered or Success or Failure:
                Prepare(state, @event);
                await ApplyUntilAsync(point);
                break;
            case Stopped:
                device.CutPowerAt(point);
                await UntilCutAsync(() => Interrupted.InAsync(device, _new, state));
                break;
            case Restarted or CrashLoop:
                await DieInAsync(state, @event == CrashLoop ? TransitionTable.MaxAttempts : 1);
                StartUntil(point);
                break;
            case LoopBroken when state != Committed:
                await GoRoundAsync(state, point);
                break;
            case LoopBroken or Damaged:
                device.Edit(record => record with { Transitions = @event == LoopBroken ? TransitionTable.MaxTransitions : record.Transitions });
                Device.FlipBit(Path.Combine(device.SlotOf(_old), "model.onnx"));
                StartUntil(point);
                break;
            default:
                throw new NotSupportedException($"Nobody knows how to reach {state} + {@event}: teach this runner.");
        }
    }

    /// <summary>The next starts; when again, each of the first two is cut as well, at the first write it makes.</summary>
    public void StartAfterCut(bool again)
    {
        for (var cut = 0; again && cut < 2; cut++)
        {
            device.Fault = point =>
            {
                device.Fault = _ => { };
                throw new PowerCutException(point);
            };
            UntilCut(() => device.Start());
        }

        device.Fault = _ => { };
        RequireOneWholePackage(device.Start());
    }

    /// <summary>What was interrupted is finished, or has ended with a code.</summary>
    public async Task GoOnAsync()
    {
        (device.Trial.OnTry, device.Trial.OnActivate, device.Server.Script) = ((_, _) => null, (_, _) => null, exchange => exchange.ServeAsync());
        if (device.Updater.Pending is { } pending)
        {
            await device.ApplyAsync(pending);
            Assert.True(device.Report.State == Committed || device.Report.Code is UpdateCode.LoopBreaker or UpdateCode.HashMismatch, device.Report.ToString());
        }

        Assert.True(TransitionTable.IsEnd(device.Report.State));
        RequireOneWholePackage(device.Start());
    }

    public async Task DeployNextAsync()
    {
        var next = device.Publish("3.0.0");
        var report = await device.ApplyAsync(next);
        Assert.Equal((Committed, next.Digest), (report.State, report.ActiveDigest));
        Assert.Equal(next.Digest, device.Start().Digest);
    }

    private void RequireOneWholePackage(ModelPackage served)
    {
        Assert.Contains(served.Digest, new[] { device.Factory.Digest, _old.Digest, _overtaken.Digest, _new.Digest });
        Assert.Equal(served.Digest, ModelPackage.Open(served.Directory).Digest);
        Assert.Equal(served.Digest, device.Report.ActiveDigest);
    }

    // The old model is in service where the row does not say otherwise.
    private async Task Begin(UpdateState state, UpdateEvent @event)
    {
        device.Start();
        if (state == Idle)
        {
            return;
        }

        await device.ApplyAsync(_old);
        if (@event == Offered && state == Failed)
        {
            device.Trial.OnTry = (_, _) => new TrialFailure(UpdateCode.Load, "no");
            await device.ApplyAsync(_overtaken);
            device.Trial.OnTry = (_, _) => null;
        }
        else if (@event == Offered && state != Committed)
        {
            await Interrupted.InAsync(device, _overtaken, state == Verifying ? Trial : state);
        }
    }

    private void Prepare(UpdateState state, UpdateEvent @event)
    {
        if (@event == Failure && state == Downloading)
        {
            device.Server.Script = exchange => exchange.HeadAsync("404 Not Found", "Content-Length: 0");
        }
        else if (@event == Failure && state == Trial)
        {
            device.Trial.OnTry = (_, _) => new TrialFailure(UpdateCode.Load, "no");
        }
        else if ((@event == Failure && state == Activating) || state == RollingBack)
        {
            device.Trial.OnActivate = (_, _) => new TrialFailure(UpdateCode.Load, "no");
        }
    }

    private Task ApplyUntilAsync(string point)
    {
        device.CutPowerAt(point);
        if (point.StartsWith("Verifying+Failure", StringComparison.Ordinal))
        {
            var cut = device.Fault;
            device.Fault = reached =>
            {
                if (reached == "Downloading+Success.after")
                {
                    Device.FlipBit(Path.Combine(device.SlotOf(_new) + ".incoming", "model.onnx"));
                    device.Fault = cut;
                }
            };
        }

        return UntilCutAsync(() => device.ApplyAsync(device.Deploy(_new)));
    }

    private async Task DieInAsync(UpdateState state, int times)
    {
        for (var death = 0; death < times; death++)
        {
            device.CutPowerAt(state == Trial ? "Verifying+Success.after" : "Trial+Success.after");
            await UntilCutAsync(() => device.ApplyAsync(device.Deploy(_new)));
            Assert.True(WasCut);
            WasCut = false;
            if (death < times - 1)
            {
                device.Start();
            }
        }
    }

    // Transitions are set so that the row's state is entered by the last one that is allowed.
    private async Task GoRoundAsync(UpdateState state, string point)
    {
        await Interrupted.InAsync(device, _new, state == Downloading ? Downloading : Trial);
        var entered = state switch { Trial => 1, Activating => 2, _ => 0 };
        device.Edit(record => record with { Transitions = TransitionTable.MaxTransitions - entered });
        device.Start();
        device.CutPowerAt(point);
        await UntilCutAsync(() => state == Activating ? Interrupted.InAsync(device, _new, state) : device.ApplyAsync(device.Deploy(_new)));
    }

    private void StartUntil(string point)
    {
        device.CutPowerAt(point);
        UntilCut(() => device.Start());
    }

    private void UntilCut(Action action)
    {
        try
        {
            action();
        }
        catch (PowerCutException)
        {
            WasCut = true;
        }
    }

    private async Task UntilCutAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (PowerCutException)
        {
            WasCut = true;
        }
    }
}
