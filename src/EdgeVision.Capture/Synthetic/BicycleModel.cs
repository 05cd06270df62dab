namespace EdgeVision.Capture;

/// <summary>Bicycles with their riders.</summary>
internal static class BicycleModel
{
    private const double WheelBase = 1.05;
    private const double Radius = 0.34;
    private const double MetresPerTurn = 4.5;
    private static readonly Tint Tyre = Tint.Grey(0.05);

    public static void Draw(SceneBrush brush, Appearance look, VehicleState state)
    {
        var scale = look.Height / 1.7;
        Ring(brush, WheelBase / 2);
        Ring(brush, -WheelBase / 2);
        Bar(brush, new Point3(-WheelBase / 2, 0, Radius), new Point3(-0.15, 0, 0.85), look.Second);
        Bar(brush, new Point3(-0.1, 0, 0.35), new Point3(0.4, 0, 0.85), look.Second);
        Bar(brush, new Point3(-0.15, 0, 0.8), new Point3(0.42, 0, 0.82), look.Second);
        Bar(brush, new Point3(WheelBase / 2, 0, Radius), new Point3(0.4, 0, 1.0), look.Second);
        brush.Draw(Solid.Box(0.33, 0.42, 0.5, 0.97, 1.02), Tyre, Tyre);
        var turn = state.Gone / MetresPerTurn * 2 * Math.PI;
        for (var side = -1; side <= 1; side += 2)
        {
            var (x, z) = (0.17 * Trigonometry.Cos(turn + side * Math.PI / 2), 0.17 * Trigonometry.Sin(turn + side * Math.PI / 2));
            var y = side * 0.11;
            brush.Draw(new Solid(new Slab(-0.13 + x, 0.01 + x, y - 0.06, y + 0.06, 0.3 + z), new Slab(-0.2, -0.02, y - 0.08, y + 0.08, 0.92 * scale)), look.Second.Mix(Tint.Grey(0.15), 0.6), look.First);
            var arm = side * 0.2;
            brush.Draw(new Solid(new Slab(0.28, 0.38, arm - 0.05, arm + 0.05, 1.0), new Slab(0.02, 0.14, arm - 0.05, arm + 0.05, 1.35 * scale)), look.First, look.First);
        }

        brush.Draw(new Solid(Slab.Even(-0.26, -0.02, 0.32, 0.88 * scale), Slab.Even(-0.02, 0.2, 0.42, 1.42 * scale)), look.First, look.First);
        PersonModel.DrawHead(brush, look, 0.17, 1.44 * scale, scale);
    }

    private static void Ring(SceneBrush brush, double x)
    {
        const int parts = 8;
        const double inner = 0.8;
        for (var i = 0; i < parts; i++)
        {
            var (a, b) = (Spoke(i), Spoke(i + 1));
            var middle = new Point3(x, 0, Radius);
            brush.Draw(new Quad(middle + a * inner, middle + b * inner, middle + b, middle + a), Tyre, twoSided: true);
        }

        Point3 Spoke(int i) => new(Trigonometry.Cos(i * 2 * Math.PI / parts) * Radius, 0, Trigonometry.Sin(i * 2 * Math.PI / parts) * Radius);
    }

    private static void Bar(SceneBrush brush, Point3 from, Point3 to, Tint color)
    {
        var up = new Point3(0, 0, 0.05);
        brush.Draw(new Quad(from, to, to + up, from + up), color, twoSided: true);
    }
}
