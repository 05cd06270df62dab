using EdgeVision.Packaging;
using static EdgeVision.Update.UpdateEvent;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update.Tests;

/// <summary>Brings a device to one row of the table and lets the process end at one point of it.</summary>
internal sealed class RowScenario(Device device, UpdateState state, UpdateEvent @event, string point)
{
    private readonly ModelPackage _old = device.Publish("1.0.0");
    private readonly ModelPackage _overtaken = device.Publish("1.5.0");
    private readonly ModelPackage _new = device.Publish("2.0.0");

    public bool WasCut { get; private set; }

    public async Task PlayAsync()
    {
        device.Start();
        if (state != Idle)
        {
            await device.ApplyAsync(_old);
        }

        await (@event switch
        {
            Deployed => DeployedAsync(),
            Stopped => CutAsync(() => StopInAsync(_new, state)),
            Resumed => ResumedAsync(),
            Restarted or CrashLoop => DieAsync(@event == CrashLoop ? TransitionTable.MaxAttempts : 1),
            LoopBroken => LoopAsync(),
            Damaged => DamagedAsync(),
            Undone or Approved => ReopenAsync(),
            _ => CutAsync(() => GoThroughAsync(state, @event)),
        });
    }

    /// <summary>Applies the new package up to and through the row.</summary>
    private async Task GoThroughAsync(UpdateState through, UpdateEvent with)
    {
        if ((through, with) == (Offered, Barred))
        {
            await BlockAsync("d-bad");
        }

        Prepare(through, with);
        device.Updater.Changed += Ask;
        await device.ApplyAsync(device.Deploy(_new));
        device.Updater.Changed -= Ask;

        void Ask(UpdateReport report)
        {
            var asked = with == Cancelled && report.State == through ? device.Updater.Cancel(report.DeploymentId!)
                : (through, with) == (RollingBack, Success) && report.State == Activating ? device.Updater.Cancel(report.DeploymentId!)
                : report.State == AwaitingDecision ? device.Updater.Approve(report.DeploymentId!)
                : null;
            Assert.Null(asked);
        }
    }

    private void Prepare(UpdateState through, UpdateEvent with)
    {
        if (through == AwaitingDecision || with == Held)
        {
            device.Trial.Answer(Shadow, TrialVerdict.Hold(UpdateCode.Shadow, "agreement 0.7, asked for are 0.8"));
        }
        else if (with == Barred && through == RollingBack)
        {
            device.Trial.Answer(Activating, TrialVerdict.Fail(UpdateCode.Load, "no"));
        }
        else if (with == Failure && TransitionTable.RunsCandidate(through))
        {
            device.Trial.Answer(through, TrialVerdict.Fail(UpdateCode.Load, "no"));
        }
        else if (with == Failure)
        {
            SpoilFor(through);
        }
    }

    private void SpoilFor(UpdateState through)
    {
        var sha256 = _new.Manifest.FileOf("model")!.Sha256;
        switch (through)
        {
            case Offered:
                File.Delete(Path.Combine(device.Folder, "metadata", "timestamp.json"));
                break;
            case Downloading:
                File.Delete(Path.Combine(device.Folder, "objects", "sha256", sha256[..2], sha256));
                break;
            case Verified:
                AtPoint("Downloading+Success.after", () => Device.FlipBit(device.ObjectOf(sha256)));
                break;
            case Waiting:
                AtPoint("Shadow+Success.after", () => device.Revoke(_new));
                break;
            default:
                throw new NotSupportedException($"Nobody knows how {through} fails: teach this runner.");
        }
    }

    private void AtPoint(string where, Action act)
    {
        var cut = device.Fault;
        device.Fault = reached =>
        {
            if (reached == where)
            {
                act();
            }

            cut(reached);
        };
    }

    private async Task DeployedAsync()
    {
        if (state is Failed or Blocked)
        {
            await EndInAsync(state, _overtaken);
        }
        else if (state is not (Idle or Committed))
        {
            await StopInAsync(_overtaken, state);
        }

        await CutAsync(() => device.ApplyAsync(device.Deploy(_new)));
    }

    private async Task EndInAsync(UpdateState end, ModelPackage package)
    {
        device.Trial.Answer(end == Failed ? Golden : Activating, TrialVerdict.Fail(UpdateCode.Load, "no"));
        await device.ApplyAsync(package);
        Assert.Equal(end, device.Report.State);
        device.Trial.AgreeToAll();
    }

    private async Task BlockAsync(string id)
    {
        device.Trial.Answer(Activating, TrialVerdict.Fail(UpdateCode.Load, "no"));
        await device.ApplyAsync(device.Deploy(_new, id));
        device.Trial.AgreeToAll();
    }

    private async Task StopInAsync(ModelPackage package, UpdateState where)
    {
        Prepare(where == AwaitingDecision ? where : Idle, Success);
        await Interrupted.InAsync(device, package, where);
    }

    private async Task ResumedAsync()
    {
        await StopInAsync(_new, state);
        await CutAsync(async () =>
        {
            device.Start();
            await device.ApplyAsync(device.Deploy(_new));
        });
    }

    // The process ends just after the state was entered, so often; then comes the start that is cut.
    private async Task DieAsync(int times)
    {
        var entered = state switch { Golden => "Verified+Success.after", Shadow => "Golden+Success.after", Activating => "Waiting+Success.after", _ => "Activating+Success.after" };
        for (var death = 0; death < times; death++)
        {
            if (death > 0 && state == Probation)
            {
                device.Start(); // it serves from the first frame on: this start is the second to end
                continue;
            }

            device.CutPowerAt(death == 0 ? entered : $"{state}+Resumed.after");
            await UntilCutAsync(() => device.ApplyAsync(device.Deploy(_new)));
            if (death < times - 1 && state != Probation)
            {
                device.Start();
            }
        }

        device.Fault = _ => { };
        WasCut = false;
        await CutAsync(() => Task.FromResult(device.Start()));
    }

    private async Task LoopAsync()
    {
        if (state == Committed)
        {
            device.Edit(record => record with { Transitions = TransitionTable.MaxTransitions });
            Device.FlipBit(device.ObjectOf(_old, "model"));
        }
        else
        {
            await StopInAsync(_new, state);
            device.Edit(record => record with { Transitions = TransitionTable.MaxTransitions });
        }

        device.Updater.Changed += report => _ = report.State == AwaitingDecision ? device.Updater.Approve(report.DeploymentId!) : null;
        await CutAsync(async () =>
        {
            device.Start();
            device.Updater.Changed += report => _ = report.State == AwaitingDecision ? device.Updater.Approve(report.DeploymentId!) : null;
            await device.ApplyAsync(device.Deploy(_new));
        });
    }

    private async Task DamagedAsync()
    {
        if (state is Failed or Blocked)
        {
            await EndInAsync(state, _overtaken);
        }
        else if (state == Probation)
        {
            await StopInAsync(_new, Probation);
        }

        Device.FlipBit(device.ObjectOf(state == Probation ? _new : _old, "model"));
        await CutAsync(() => Task.FromResult(device.Start()));
    }

    private async Task ReopenAsync()
    {
        if (@event == Approved)
        {
            await BlockAsync("d-2.0.0");
            Assert.Null(device.Updater.Approve("d-2.0.0"));
            await CutAsync(() => device.ApplyAsync(device.Updater.Pending!));
            return;
        }

        if (state is Failed or Blocked)
        {
            await EndInAsync(state, _overtaken);
        }

        device.Revoke(_old);
        await CutAsync(() => device.Updater.CheckRevocationAsync(device.Trial, CancellationToken.None));
    }

    private Task CutAsync(Func<Task> action)
    {
        device.CutPowerAt(point);
        return UntilCutAsync(action);
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
