using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

/// <summary>One update with all its disk operations, to be cut anywhere and gone on with.</summary>
internal sealed class JourneyRecording
{
    private readonly Device _device;
    private readonly string _before;
    private readonly List<(int Operations, long Sequence)> _written = [];
    private readonly string _stateDirectory;
    private readonly string[] _known;
    private int _number;

    private JourneyRecording(Device device, params ModelPackage[] known)
    {
        (_device, _stateDirectory, _before, _known) = (device, device.StateDirectory, device.StateDirectory + "-before", [device.Factory.Digest, .. known.Select(package => package.Digest)]);
        DiskCopy.Copy(device.StateDirectory, _before);
    }

    public List<DiskOperation> Operations { get; } = [];

    public static async Task<JourneyRecording> MakeAsync(Device device, string journey)
    {
        var (first, second) = (device.Publish("1.0.0"), device.Publish("2.0.0"));
        device.Start();
        if (journey != "first install")
        {
            await device.ApplyAsync(first);
        }

        if (journey == "rolled back")
        {
            device.Trial.Answer(UpdateState.Probation, TrialVerdict.Fail(UpdateCode.Drift, "no detections since it took over"));
        }

        var recording = new JourneyRecording(device, first, second);
        await recording.RecordAsync(journey == "first install" ? first : second);
        Assert.Equal(journey == "rolled back" ? UpdateState.Blocked : UpdateState.Committed, device.Report.State);
        device.Trial.AgreeToAll();
        return recording;
    }

    public async Task StartAfterCutAsync(int cut, Func<bool> survives)
    {
        Rebuild(cut, survives);
        var served = _device.Start();
        var written = _written.LastOrDefault(write => write.Operations <= cut).Sequence;
        Assert.True(_device.Record.Sequence >= written, $"cut {cut}: the record {written} had been written, {_device.Record.Sequence} was found");
        await FinishAsync(served, $"cut before operation {cut} of {Operations.Count}");
    }

    /// <summary>The second cut comes in what the next start does.</summary>
    public async Task StartAfterTwoCutsAsync(int cut, int secondCut, Random chance)
    {
        Rebuild(cut, () => chance.Next(2) == 0);
        var image = new DiskImage(_device.StateDirectory);
        var done = 0;
        _device.Observer = operation =>
        {
            if (done++ == secondCut)
            {
                throw new PowerCutException("again");
            }

            image.Do(operation);
        };
        try
        {
            var served = _device.Start();
            await (_device.Updater.Pending is { } pending ? _device.ApplyAsync(pending) : Task.CompletedTask);
            Assert.Contains(served.Digest, _known);
        }
        catch (PowerCutException)
        {
            // as it should, if it came that far
        }

        _device.Observer = _ => { };
        _device.StateDirectory = Next();
        image.WriteTo(_device.StateDirectory, () => chance.Next(2) == 0);
        await FinishAsync(_device.Start(), $"cuts before operations {cut} and {secondCut}");
    }

    private async Task RecordAsync(ModelPackage package)
    {
        _device.Observer = Operations.Add;
        _device.Fault = point => _ = point.EndsWith(".after", StringComparison.Ordinal) && point.Contains('+', StringComparison.Ordinal) && Add();
        _device.Start();
        await _device.ApplyAsync(package);
        (_device.Observer, _device.Fault) = (_ => { }, _ => { });

        bool Add()
        {
            _written.Add((Operations.Count, _device.Record.Sequence));
            return true;
        }
    }

    private void Rebuild(int cut, Func<bool> survives)
    {
        var image = new DiskImage(_before);
        foreach (var operation in Operations.Take(cut))
        {
            image.Do(operation with { Path = Moved(operation.Path), Target = operation.Target.Length == 0 ? "" : Moved(operation.Target) });
        }

        _device.StateDirectory = Next();
        image.WriteTo(_device.StateDirectory, survives);
    }

    private async Task FinishAsync(ModelPackage served, string name)
    {
        Assert.True(_known.Contains(served.Digest), $"{name}: serves {served.Digest}");
        await Invariants.FinishAsync(_device, name);
        Directory.Delete(_device.StateDirectory, recursive: true);
    }

    private string Next() => $"{_stateDirectory}-{_number++}";

    private string Moved(string path) => Path.GetFullPath(Path.Combine(_before, Path.GetRelativePath(_stateDirectory, path)));
}
