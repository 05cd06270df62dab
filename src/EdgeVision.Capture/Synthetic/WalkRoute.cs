using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>One way of somebody on foot: along a pavement, over crosswalks or round a corner, and away along another.</summary>
/// <param name="Crossings">Metres on the route where each crosswalk begins and ends, and its arm.</param>
internal sealed record WalkRoute(Route Route, int Approach, int Exit, (double From, double To, int Arm)[] Crossings)
{
    private const double Start = 48;

    public static WalkRoute Make(RoadLayout layout, RandomStream random)
    {
        var arm = layout.Arms[random.Next(layout.Arms.Length)];
        var approach = arm.Index;
        var side = random.Chance(0.5f) ? 1 : -1;
        var along = layout.HalfWidth + random.Between(0.7f, (float)layout.PavementWidth - 0.4f);
        var aside = random.Between(-1.2f, 1.2f);
        var route = new Route(arm.At(Start, side * along)).LineTo(arm.At(arm.CrosswalkDistance + aside, side * along));
        var crossings = new List<(double, double, int)>();
        for (var turn = random.Next(3); turn >= 0; turn--)
        {
            if (random.Chance(0.65f))
            {
                side = -side;
                var kerb = layout.HalfWidth + 0.5;
                route.LineTo(arm.At(arm.CrosswalkDistance + aside, -side * kerb));
                var from = route.Length;
                route.LineTo(arm.At(arm.CrosswalkDistance + aside, side * kerb));
                crossings.Add((from, route.Length, arm.Index));
            }

            // the left side of an arm and the right side of the next are one corner
            var next = layout.Arms[(arm.Index + side + layout.Arms.Length) % layout.Arms.Length];
            if (turn > 0)
            {
                (arm, side) = (next, -side);
                route.LineTo(arm.At(arm.CrosswalkDistance + aside, side * along));
            }
        }

        route.LineTo(arm.At(arm.CrosswalkDistance + aside, side * along)).LineTo(arm.At(Start, side * along));
        return new WalkRoute(route, approach, arm.Index, [.. crossings]);
    }
}
