namespace EdgeVision.Capture;

/// <summary>Buses: a long box with a row of windows, doors on the right, and a bright sign.</summary>
internal static class BusModel
{
    private static readonly Tint Glass = new(0.1, 0.12, 0.15);
    private static readonly Tint LitGlass = new(0.55, 0.52, 0.4);
    private static readonly Tint Sign = new(1, 0.7, 0.2);

    public static void Draw(SceneBrush brush, Appearance look, VehicleState state)
    {
        var (half, width, height) = (look.Length / 2, look.Width, look.Height);
        var body = new Solid(Slab.Even(-half, half, width, 0.32), Slab.Even(-half + 0.1, half - 0.12, width * 0.94, height));
        var glass = state.IsDark ? LitGlass : Glass;
        brush.Draw(body, look.First, look.First.Mix(Tint.Grey(0.9), 0.6));
        brush.Draw(Solid.Box(-half + 2.5, -half + 4.5, width * 0.6, height, height + 0.22), Tint.Grey(0.7), Tint.Grey(0.75));
        brush.Draw(body.LeftFace.Part(0, 0, 1, 0.16), look.Second);
        brush.Draw(body.RightFace.Part(0, 0, 1, 0.16), look.Second);
        const int windows = 6;
        for (var i = 0; i < windows; i++)
        {
            var (from, to) = (0.03 + i * 0.94 / windows, 0.03 + (i + 0.9) * 0.94 / windows);
            brush.Draw(body.LeftFace.Part(from, 0.45, to, 0.85), glass, state.IsDark);
            brush.Draw(body.RightFace.Part(from, i % 3 == 2 ? 0.06 : 0.45, to, 0.85), glass, state.IsDark);
        }

        brush.Draw(body.FrontFace.Part(0.04, 0.34, 0.96, 0.8), Glass);
        brush.Draw(body.FrontFace.Part(0.2, 0.85, 0.8, 0.97), Sign, shines: true);
        brush.Draw(body.RearFace.Part(0.15, 0.55, 0.85, 0.85), Glass);
        VehicleParts.DrawLights(brush, body, state, 0.12, 0.24);
        VehicleParts.DrawAxle(brush, half - 2.5, width, 0.5);
        VehicleParts.DrawAxle(brush, -half + 3, width, 0.5);
    }
}
