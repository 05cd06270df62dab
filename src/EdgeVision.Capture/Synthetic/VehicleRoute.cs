namespace EdgeVision.Capture;

/// <summary>One way through the intersection: in by a lane of one arm, out by a lane of another.</summary>
/// <param name="StopAt">Metres on the route at the stop line of the approach.</param>
/// <param name="LeaveAt">Metres on the route at the line of the exit.</param>
internal sealed record VehicleRoute(Route Route, int Approach, int Exit, int Lane, double StopAt, double LeaveAt, bool IsTurn)
{
    private const double Straight = 0.75;

    /// <summary>Every way of a layout: left from the innermost lane, right from the outermost, straight on from each; where an arm has none of these for a lane, any.</summary>
    public static IReadOnlyList<VehicleRoute> All(RoadLayout layout) =>
        [.. layout.Arms.SelectMany(arm => Enumerable.Range(0, layout.Lanes).SelectMany(lane => OfLane(layout, arm, lane)))];

    private static List<VehicleRoute> OfLane(RoadLayout layout, RoadArm arm, int lane)
    {
        var exits = layout.Arms.Where(exit => exit != arm).ToList();
        var usual = exits.Where(exit => IsUsual(layout, arm, exit, lane)).ToList();
        return [.. (usual.Count > 0 ? usual : exits).Select(exit => Make(arm, exit, lane))];
    }

    private static bool IsUsual(RoadLayout layout, RoadArm arm, RoadArm exit, int lane)
    {
        var ahead = arm.Direction * -1;
        return ahead.Dot(exit.Direction) > Straight || (ahead.Cross(exit.Direction) > 0 ? lane == 0 : lane == layout.Lanes - 1);
    }

    private static VehicleRoute Make(RoadArm arm, RoadArm exit, int lane)
    {
        var offset = RoadLayout.Offset(lane);
        var route = new Route(arm.At(RoadLayout.Far, offset)).LineTo(arm.At(arm.StopDistance, offset));
        var stop = route.Length;
        route.CurveTo(exit.At(exit.StopDistance, -offset), arm.Direction * -1, exit.Direction);
        var leave = route.Length;
        return new VehicleRoute(route.LineTo(exit.At(RoadLayout.Far, -offset)), arm.Index, exit.Index, lane, stop, leave, arm.Direction.Dot(exit.Direction) > -Straight);
    }
}
