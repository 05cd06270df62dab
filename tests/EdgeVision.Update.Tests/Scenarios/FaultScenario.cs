using EdgeVision.Packaging;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update.Tests;

/// <summary>Version 1.0.0 serves, 2.0.0 is on its way, and in one state one thing goes wrong; then the device goes on, after a start where there was an end.</summary>
internal sealed class FaultScenario(UpdateState state, Fault fault)
{
    private readonly List<string> _path = [];

    /// <summary>Why this fault cannot come here; null = it can.</summary>
    public static string? Impossible(UpdateState state, Fault fault) => (state, fault) switch
    {
        (AwaitingDecision or Waiting, Fault.Throw or Fault.Hang) => "it waits for people, and asks nothing that can",
        (Offered or Downloading or Verified, Fault.Hang) => "its ends of time are those of the transfer: see the hostile servers",
        _ => null,
    };

    /// <summary>States from the fault on, and what serves in the end.</summary>
    public async Task<string> PlayAsync()
    {
        using var device = new Device(inMemory: true) { TrialLimit = TimeSpan.FromMilliseconds(500), ObservationLimit = TimeSpan.FromMilliseconds(500) };
        var (old, next) = (device.Publish("1.0.0"), device.Publish("2.0.0"));
        device.Start();
        await device.ApplyAsync(old);
        var image = new DiskImage(device.StateDirectory);
        Arm(device, next, image);
        await BreakAsync(device, next);
        if (fault == Fault.PowerCut)
        {
            device.StateDirectory += "-after";
            image.WriteTo(device.StateDirectory, () => false);
        }

        await GoOnAsync(device);
        var served = device.Report.ActiveDigest == next.Digest ? "2.0.0" : device.Report.ActiveDigest == old.Digest ? "1.0.0" : "the factory's";
        _path[^1] += device.Report.Code == UpdateCode.None ? "" : $" ({(int)device.Report.Code})";
        await Invariants.FinishAsync(device, string.Join(" ", _path));
        await device.AcceptsTheNextAsync();
        return $"{string.Join(" → ", _path)}; {served} serves";
    }

    private void Arm(Device device, ModelPackage next, DiskImage image)
    {
        device.Trial.On = async (asked, _, _) =>
        {
            await (asked == state && fault == Fault.Hang ? Task.Delay(Timeout.Infinite, CancellationToken.None) : Task.CompletedTask); // it does not listen
            return asked == state && fault == Fault.Throw ? throw new InvalidDataException("no such operator")
                : asked == Shadow && state == AwaitingDecision ? TrialVerdict.Hold(UpdateCode.Shadow, "agreement 0.7, asked for are 0.8")
                : asked == Probation && state == RollingBack ? TrialVerdict.Fail(UpdateCode.Drift, "nothing is seen any more")
                : null;
        };
        var broken = false;
        device.Fault = point =>
        {
            broken = fault == Fault.Throw && (point.EndsWith(".after", StringComparison.Ordinal) ? device.Record.State == state : broken && !point.StartsWith($"{state}+", StringComparison.Ordinal));
            if (broken)
            {
                Spoil(device, next);
            }

            if (fault is Fault.Kill or Fault.PowerCut && point.StartsWith($"{state}+", StringComparison.Ordinal) && point.EndsWith(".before", StringComparison.Ordinal))
            {
                throw new PowerCutException(point);
            }
        };
        device.Observer = operation =>
        {
            if (broken && state == Downloading)
            {
                throw new IOException("Input/output error", 5);
            }

            if (fault == Fault.PowerCut)
            {
                image.Do(operation);
            }
        };
    }

    // The room above is not asked in these: what can throw is the repository and the disk.
    private void Spoil(Device device, ModelPackage next)
    {
        if (state == Offered)
        {
            File.Delete(Path.Combine(device.Folder, "metadata", "timestamp.json"));
        }
        else if (state == Verified)
        {
            Device.FlipBit(device.ObjectOf(next, "model"));
        }
    }

    private async Task BreakAsync(Device device, ModelPackage next)
    {
        device.Updater.Changed += report => Note(device, report);
        try
        {
            await device.ApplyAsync(next);
        }
        catch (PowerCutException)
        {
            _path.Add("start");
        }

        device.MakeWell();
    }

    private async Task GoOnAsync(Device device)
    {
        if (_path[^1] == "start")
        {
            device.Start();
            Note(device, device.Report);
            device.Updater.Changed += report => Note(device, report);
            await (device.Updater.Pending is { } pending ? device.ApplyAsync(pending) : Task.CompletedTask);
        }
    }

    private void Note(Device device, UpdateReport report)
    {
        if ((_path.Count > 0 || report.State == state) && _path.LastOrDefault() != $"{report.State}")
        {
            _path.Add($"{report.State}");
        }

        if (report.State == AwaitingDecision)
        {
            Assert.Null(device.Updater.Approve(report.DeploymentId!));
        }
    }
}
