namespace EdgeVision.Capture;

/// <summary>Draws everybody of a frame on the canvas, and says what of each is to be seen.</summary>
internal sealed class SceneStage
{
    private const ushort FirstOwner = SceneScenery.Owner + 1;
    private readonly SceneLighting _lighting;
    private readonly SceneBrush _brush;
    private readonly SceneShadows _shadows;
    private readonly RoadLayout _layout;
    private readonly StreetLamps _streetLamps;
    private readonly SceneLamps _lamps;
    private readonly List<(PixelBounds Bounds, int Covered)> _drawn = [];
    private readonly List<SceneObject> _objects = [];
    private readonly (Point3 Place, Tint Color)[] _signals;

    public SceneStage(RoadLayout layout, SceneLighting lighting, StreetLamps streetLamps, SceneCanvas canvas, SceneLamps lamps)
    {
        (_layout, _lighting, _streetLamps, _lamps) = (layout, lighting, streetLamps, lamps);
        _brush = new SceneBrush(canvas);
        _shadows = new SceneShadows(_brush, lighting);
        _signals = new (Point3, Tint)[layout.Arms.Length];
    }

    public IReadOnlyList<SceneObject> Objects => _objects;

    /// <param name="day">1 by day, 0 at night.</param>
    /// <param name="without">A track that is left out; 0 = none.</param>
    public void Play(SceneTimeline timeline, SceneCamera camera, double day, int without)
    {
        _brush.Aim(camera, _lighting);
        _shadows.Begin(day);
        _drawn.Clear();
        for (var i = 0; i < timeline.Poses.Count; i++)
        {
            var pose = timeline.Poses[i];
            _drawn.Add(pose.User.Id == without ? (PixelBounds.None, 0) : Draw((ushort)(FirstOwner + i), pose, day));
        }

        DrawSignals(timeline.Signal, day);
        _objects.Clear();
        for (var i = 0; i < timeline.Poses.Count; i++)
        {
            _objects.Add(Seen((ushort)(FirstOwner + i), timeline.Poses[i], _drawn[i]));
        }

        _lamps.Begin();
        if (day < 0.5)
        {
            Illuminate(timeline, camera, without);
        }
    }

    private (PixelBounds Bounds, int Covered) Draw(ushort owner, ScenePose pose, double day)
    {
        var look = pose.User.Look;
        _brush.Begin(owner, pose.At, day, _streetLamps.At(pose.At.Place));
        SceneModels.Draw(_brush, look, new VehicleState(pose.Gone, pose.User is Vehicle { IsBraking: true }, day < 0.5));
        _shadows.Cast(pose.At, look.Length, look.Width * 0.95, 0, look.Height * 0.92);
        return (_brush.Bounds, _brush.Canvas.Covered);
    }

    private SceneObject Seen(ushort owner, ScenePose pose, (PixelBounds Bounds, int Covered) drawn)
    {
        var canvas = _brush.Canvas;
        var (box, samples) = drawn.Bounds.Visible(canvas, owner);
        var share = samples == 0 ? 0 : samples * drawn.Bounds.ShareWithin(canvas.Width / SceneCanvas.Fineness, canvas.Height / SceneCanvas.Fineness) / drawn.Covered;
        return new SceneObject(pose.User.Look.Class, pose.User.Id, box, (float)share, pose.User.Approach, pose.User.Exit, pose.Crossing, pose.CrossedArm);
    }

    private void DrawSignals(TrafficSignal signal, double day)
    {
        foreach (var arm in _layout.Arms)
        {
            var at = new Placement(arm.At(arm.StopDistance + 0.6, _layout.HalfWidth + 0.7), arm.Direction);
            _brush.Begin(SceneScenery.Owner, at, day, _streetLamps.At(at.Place) * 0.6);
            var (place, color) = SceneModels.DrawSignal(_brush, signal.IsGreen(arm.Index) ? 0 : signal.IsYellow(arm.Index) ? 1 : 2);
            _signals[arm.Index] = (at.ToScene(place), color);
        }
    }

    private void Illuminate(SceneTimeline timeline, SceneCamera camera, int without)
    {
        for (var i = 0; i < timeline.Poses.Count; i++)
        {
            var (user, at) = (timeline.Poses[i].User, timeline.Poses[i].At);
            if (user is Vehicle vehicle && user.Id != without)
            {
                if (user.Look.Class != SceneClass.Bicycle)
                {
                    _lamps.Beam(camera, at, user.Look.Length / 2);
                }

                _lamps.Glow(camera, _brush.Canvas, at, user.Look, vehicle.IsBraking);
            }
        }

        foreach (var (place, color) in _signals)
        {
            _lamps.Glow(camera, _brush.Canvas, place, 0.6, color * 0.6);
        }
    }
}
