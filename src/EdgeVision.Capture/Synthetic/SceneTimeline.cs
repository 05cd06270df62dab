namespace EdgeVision.Capture;

/// <summary>The moments at which frames are taken, one after the other from frame 0: who is where, and what was crossed since the one before.</summary>
/// <remarks>Going on costs what the traffic between costs; going back starts from the beginning.</remarks>
internal sealed class SceneTimeline(RoadLayout layout, SyntheticOptions options)
{
    private readonly Dictionary<int, double> _goneBefore = [];
    private readonly List<ScenePose> _poses = [];
    private SceneTraffic _traffic = null!;
    private long _frame = -1;
    private long _steps;

    public IReadOnlyList<ScenePose> Poses => _poses;

    public TrafficSignal Signal => _traffic.Signal;

    public void MoveTo(long frame)
    {
        if (_traffic is null || frame < _frame)
        {
            (_traffic, _frame, _steps) = (new SceneTraffic(layout, options.Seed, options.Traffic), -1, 0);
            _goneBefore.Clear();
        }

        while (_frame < frame)
        {
            Take(++_frame);
        }
    }

    private void Take(long frame)
    {
        var time = frame / options.Rate / SceneTraffic.Step;
        var whole = (long)time;
        for (; _steps <= whole; _steps++)
        {
            _traffic.Advance();
        }

        _poses.Clear();
        for (var i = 0; i < _traffic.Vehicles.Count; i++)
        {
            var vehicle = _traffic.Vehicles[i];
            Add(vehicle, time - whole, vehicle.Look.Class == SceneClass.Bicycle ? 0.5 : vehicle.Look.Length * 0.3);
        }

        for (var i = 0; i < _traffic.Walkers.Count; i++)
        {
            Add(_traffic.Walkers[i], time - whole, 0.5);
        }

        _goneBefore.Clear();
        foreach (var pose in _poses)
        {
            _goneBefore.Add(pose.User.Id, pose.Gone);
        }
    }

    private void Add(RoadUser user, double share, double reach)
    {
        var gone = user.GoneAt(share);
        var (crossing, arm) = _goneBefore.TryGetValue(user.Id, out var before) ? user.Crossed(before, gone) : (SceneCrossing.None, -1);
        var ahead = user.Route.Heading(gone, reach);
        _poses.Add(new ScenePose(user, new Placement(user.Route.At(gone) - ahead.Left * user.Look.Aside, ahead), gone, crossing, arm));
    }
}
