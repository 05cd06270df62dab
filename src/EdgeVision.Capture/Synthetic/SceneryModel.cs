using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>How things beside the road look.</summary>
internal static class SceneryModel
{
    private static readonly Tint Trunk = new(0.3, 0.22, 0.15);
    private static readonly Tint Pane = new(0.2, 0.24, 0.3);
    private static readonly Tint LitPane = new(0.95, 0.8, 0.45);

    /// <summary>Length, width and height, metres.</summary>
    public static Point3 Size(SceneryKind kind, RandomStream random) => kind switch
    {
        SceneryKind.House => new(random.Between(9, 20), random.Between(9, 20), random.Between(4, 22)),
        SceneryKind.Tree => new(random.Between(2.2f, 5), random.Between(2.2f, 5), random.Between(3.5f, 9)),
        _ => new(random.Between(0.4f, 1.6f), random.Between(0.4f, 1), random.Between(0.6f, 1.9f)),
    };

    public static (Tint First, Tint Second) Colors(SceneryKind kind, RandomStream random) => kind switch
    {
        SceneryKind.House => (Tint.Of(random.Between(0.02f, 0.16f), random.Between(0.02f, 0.5f), random.Between(0.4f, 0.9f)), Tint.Of(random.Between(0, 0.1f), random.Between(0, 0.5f), random.Between(0.2f, 0.6f))),
        SceneryKind.Tree => (Tint.Of(random.Between(0.18f, 0.36f), random.Between(0.4f, 0.7f), random.Between(0.22f, 0.5f)), Trunk),
        _ => (Tint.Of(random.NextFloat(), random.Between(0, 0.9f), random.Between(0.15f, 0.85f)), Tint.Grey(random.Between(0.2f, 0.8f))),
    };

    public static void Draw(SceneBrush brush, SceneryKind kind, Point3 size, Tint first, Tint second, int variant, double day)
    {
        switch (kind)
        {
            case SceneryKind.House:
                DrawHouse(brush, size, first, second, variant, day);
                break;
            case SceneryKind.Tree:
                DrawTree(brush, size, first, second, variant);
                break;
            case SceneryKind.Lamp:
                brush.Draw(Solid.Box(-0.08, 0.08, 0.16, 0, size.Z), first, first);
                brush.Draw(Solid.Box(-0.5, 0.5, 0.3, size.Z, size.Z + 0.15), day < 0.5 ? new Tint(1, 0.9, 0.7) : second, second);
                break;
            default:
                brush.Draw(Solid.Box(-size.X / 2, size.X / 2, size.Y, 0, size.Z), first, second);
                break;
        }
    }

    private static void DrawHouse(SceneBrush brush, Point3 size, Tint walls, Tint roof, int variant, double day)
    {
        var body = Solid.Box(-size.X / 2, size.X / 2, size.Y, 0, size.Z);
        brush.Draw(body, walls, roof);
        if (variant % 3 == 0)
        {
            brush.Draw(new Solid(body.Top, new Slab(-size.X * 0.4, size.X * 0.4, -0.3, 0.3, size.Z + size.Y * 0.3)), roof, roof);
        }

        var noise = new GroundNoise((ulong)variant << 32);
        var (rows, columns) = ((int)(size.Z / 3), (int)(size.X / 2.6));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var isLit = day < 0.5 && noise.Of(column, row) > 0.35;
                var (x, y) = ((column + 0.25) / columns, (row + 0.3) / rows);
                DrawPane(brush, body.FrontFace, x, y, columns, rows, isLit);
                DrawPane(brush, body.RearFace, x, y, columns, rows, isLit);
                DrawPane(brush, body.LeftFace, x, y, columns, rows, isLit);
                DrawPane(brush, body.RightFace, x, y, columns, rows, isLit);
            }
        }
    }

    private static void DrawPane(SceneBrush brush, Quad wall, double x, double y, int columns, int rows, bool isLit) =>
        brush.Draw(wall.Part(x, y, x + 0.5 / columns, y + 0.45 / rows), isLit ? LitPane * 0.7 : Pane, isLit);

    /// <summary>A trunk, and a crown of stumps of eight sides whose faces differ as leaves do.</summary>
    private static void DrawTree(SceneBrush brush, Point3 size, Tint leaves, Tint trunk, int variant)
    {
        brush.Draw(Solid.Box(-0.14, 0.14, 0.28, 0, size.Z * 0.5), trunk, trunk);
        var noise = new GroundNoise((ulong)variant << 32);
        ReadOnlySpan<(double Radius, double Height)> rings = variant % 4 == 0
            ? [(0.5, 0.22), (0.36, 0.5), (0.19, 0.76), (0.01, 1)]
            : [(0.12, 0.3), (0.44, 0.42), (0.5, 0.62), (0.37, 0.84), (0.05, 1)];
        for (var ring = 0; ring + 1 < rings.Length; ring++)
        {
            for (var side = 0; side < 8; side++)
            {
                var (a, b) = (Point2.Towards(side * Math.PI / 4), Point2.Towards((side + 1) * Math.PI / 4));
                var (below, above) = (rings[ring], rings[ring + 1]);
                var face = new Quad(Around(a, below), Around(b, below), Around(b, above), Around(a, above));
                brush.Draw(face, leaves * (1 + 0.2 * noise.Of(side, ring)));
            }
        }

        Point3 Around(Point2 way, (double Radius, double Height) ring) => new(way.X * ring.Radius * size.X, way.Y * ring.Radius * size.Y, ring.Height * size.Z);
    }
}
