namespace EdgeVision.Capture;

/// <summary>Walks at its own pace, and waits before a crosswalk until those on foot may go.</summary>
internal sealed class Walker(int id, Appearance look, WalkRoute way, double pace, double keepsBack) : RoadUser(id, look, way.Route, way.Approach, way.Exit)
{
    public bool IsCrossing { get; private set; }

    public bool IsWaiting { get; private set; }

    public void Step(double seconds, bool mayCross)
    {
        IsWaiting = false;
        if (!mayCross)
        {
            foreach (var (from, _, _) in way.Crossings)
            {
                IsWaiting |= Gone <= from && Gone >= from - keepsBack;
            }
        }

        Speed = IsWaiting ? 0 : pace;
        Advance(seconds);
        IsCrossing = false;
        foreach (var (from, to, _) in way.Crossings)
        {
            IsCrossing |= Gone > from && Gone < to;
        }
    }

    public override (SceneCrossing Crossing, int Arm) Crossed(double from, double to)
    {
        foreach (var crossing in way.Crossings)
        {
            if (from < crossing.To && to >= crossing.To)
            {
                return (SceneCrossing.Walked, crossing.Arm);
            }
        }

        return (SceneCrossing.None, -1);
    }
}
