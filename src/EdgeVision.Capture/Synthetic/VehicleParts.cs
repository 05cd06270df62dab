namespace EdgeVision.Capture;

/// <summary>What cars, trucks and buses have alike.</summary>
internal static class VehicleParts
{
    private static readonly Tint Tyre = Tint.Grey(0.05);
    private static readonly Tint Rim = Tint.Grey(0.45);
    private static readonly Tint Plate = new(0.85, 0.85, 0.75);
    private static readonly Tint Lamp = new(1, 0.97, 0.85);

    /// <summary>A wheel on each side.</summary>
    public static void DrawAxle(SceneBrush brush, double x, double width, double radius)
    {
        for (var side = -1; side <= 1; side += 2)
        {
            brush.DrawDisc(new Point3(x, side * (width / 2 + 0.02), radius), radius, side, Tyre);
            brush.DrawDisc(new Point3(x, side * (width / 2 + 0.05), radius), radius * 0.55, side, Rim);
        }
    }

    /// <param name="from">Lower edge of the lamps, 0 to 1 of the face's height.</param>
    public static void DrawLights(SceneBrush brush, Solid body, VehicleState state, double from, double to)
    {
        var tail = state.IsBraking ? new Tint(1, 0.12, 0.08) : state.IsDark ? new Tint(0.75, 0.06, 0.05) : new Tint(0.45, 0.04, 0.04);
        var head = state.IsDark ? Lamp : Lamp * 0.8;
        Draw(brush, body.FrontFace, head, state.IsDark, from, to);
        Draw(brush, body.RearFace, tail, state.IsBraking || state.IsDark, from, to);
        brush.Draw(body.RearFace.Part(0.36, 0.3, 0.64, 0.48), Plate);
    }

    private static void Draw(SceneBrush brush, Quad face, Tint color, bool shines, double from, double to)
    {
        brush.Draw(face.Part(0.03, from, 0.2, to), color, shines);
        brush.Draw(face.Part(0.8, from, 0.97, to), color, shines);
    }
}
