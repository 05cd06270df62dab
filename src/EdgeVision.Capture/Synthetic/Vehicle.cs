namespace EdgeVision.Capture;

/// <summary>Drives by the Intelligent Driver Model (Treiber, Hennecke, Helbing: Congested traffic states, Phys. Rev. E 62, 2000): free speed, and a wished gap to what is ahead, a car or a red light.</summary>
internal sealed class Vehicle : RoadUser
{
    private const double Comfortable = 2.2;
    private const double Hardest = 7;
    private const double Headway = 1.2;
    private const double Standstill = 2;
    private const double Corner = 6;
    private readonly double _wished;
    private readonly double _pull;

    public Vehicle(int id, Appearance look, VehicleRoute way, double wished, double pull)
        : base(id, look, way.Route, way.Approach, way.Exit)
    {
        (Way, _wished, _pull) = (way, wished, pull);
        Speed = wished;
    }

    public VehicleRoute Way { get; }

    public bool IsBraking { get; private set; }

    public double ToStopLine => Way.StopAt - Gone - Look.Length / 2;

    public double ToEnd => Route.Length - Gone;

    public bool IsInside => ToStopLine < -0.5 && Gone - Look.Length / 2 < Way.LeaveAt;

    public void Slow(double speed) => Speed = Math.Min(Speed, speed);

    /// <param name="gap">Metres to the rear of the one ahead; a large number where there is none.</param>
    /// <param name="aheadSpeed">Its speed.</param>
    /// <param name="mayEnter">The light of its approach is green.</param>
    /// <param name="yellow">It has just ceased to be: stop only where that can be done in comfort.</param>
    public void Step(double seconds, double gap, double aheadSpeed, bool mayEnter, bool yellow)
    {
        var acceleration = Follow(gap, aheadSpeed);
        var line = ToStopLine;
        if (!mayEnter && line > -0.5 && !(yellow && Speed * Speed / (2 * 3.2) > line))
        {
            acceleration = Math.Min(acceleration, Follow(line + Standstill - 0.6, 0));
        }

        acceleration = Math.Clamp(acceleration, -Hardest, _pull);
        IsBraking = acceleration < -0.6 || (Speed < 0.3 && acceleration < 0.3);
        Speed = Math.Max(0, Speed + acceleration * seconds);
        Advance(seconds);
    }

    public override (SceneCrossing Crossing, int Arm) Crossed(double from, double to) =>
        from < Way.LeaveAt && to >= Way.LeaveAt ? (SceneCrossing.Left, Exit)
        : from < Way.StopAt && to >= Way.StopAt ? (SceneCrossing.Entered, Approach)
        : (SceneCrossing.None, -1);

    private double Follow(double gap, double aheadSpeed)
    {
        var wished = Way.IsTurn && Gone > Way.StopAt - 12 && Gone < Way.LeaveAt ? Math.Min(_wished, Corner) : _wished;
        var ratio = Speed / wished;
        var room = Standstill + Math.Max(0, Speed * Headway + Speed * (Speed - aheadSpeed) / (2 * Math.Sqrt(_pull * Comfortable)));
        var closeness = room / Math.Max(gap, 0.1);
        return _pull * (1 - ratio * ratio * ratio * ratio - closeness * closeness);
    }
}
