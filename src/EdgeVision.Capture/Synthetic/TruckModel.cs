namespace EdgeVision.Capture;

/// <summary>Trucks: a cab before a box, a tank-like tilt or an open bed, by the variant of the look.</summary>
internal static class TruckModel
{
    private static readonly Tint Glass = new(0.08, 0.1, 0.13);
    private static readonly Tint Frame = Tint.Grey(0.09);

    public static void Draw(SceneBrush brush, Appearance look, VehicleState state)
    {
        var (half, width, cabHeight) = (look.Length / 2, look.Width, Math.Min(2.75, look.Height));
        var chassis = Solid.Box(-half, half - 0.1, width * 0.8, 0.45, 0.95);
        brush.Draw(chassis, Frame, Frame);
        var cab = new Solid(Slab.Even(half - 2, half, width, 0.5), Slab.Even(half - 1.95, half - 0.2, width * 0.94, cabHeight));
        brush.Draw(cab, look.First, look.First);
        brush.Draw(cab.FrontFace.Part(0.07, 0.5, 0.93, 0.86), Glass);
        brush.Draw(cab.FrontFace.Part(0.2, 0.16, 0.8, 0.38), Frame);
        brush.Draw(cab.LeftFace.Part(0.12, 0.5, 0.6, 0.84), Glass);
        brush.Draw(cab.RightFace.Part(0.4, 0.5, 0.88, 0.84), Glass);
        DrawLoad(brush, look, half, width);
        VehicleParts.DrawLights(brush, new Solid(cab.Bottom, cab.Bottom with { Z = 1.1 }), state, 0.3, 0.75);
        VehicleParts.DrawLights(brush, Solid.Box(-half - 0.02, half - 0.4, width, 0.5, 0.95), state with { IsDark = false }, 0.3, 0.75);
        VehicleParts.DrawAxle(brush, half - 1.1, width, 0.5);
        VehicleParts.DrawAxle(brush, -half + 1.2, width, 0.5);
        if (look.Length > 8.5)
        {
            VehicleParts.DrawAxle(brush, -half + 2.4, width, 0.5);
        }
    }

    private static void DrawLoad(SceneBrush brush, Appearance look, double half, double width)
    {
        var (rear, front) = (-half, half - 2.2);
        switch (look.Variant % 3)
        {
            case 0:
                var box = Solid.Box(rear, front, width, 0.95, look.Height);
                brush.Draw(box, look.Second, look.Second);
                brush.Draw(box.RearFace.Part(0.49, 0.02, 0.51, 0.98), Frame);
                brush.Draw(box.LeftFace.Part(0.2, 0.45, 0.75, 0.75), look.First);
                brush.Draw(box.RightFace.Part(0.25, 0.45, 0.8, 0.75), look.First);
                break;
            case 1:
                brush.Draw(new Solid(Slab.Even(rear, front, width, 0.95), Slab.Even(rear + 0.1, front - 0.1, width * 0.7, look.Height * 0.93)), look.Second, look.Second * 0.95);
                break;
            default:
                brush.Draw(new Solid(Slab.Even(rear, front, width, 0.95), Slab.Even(rear - 0.05, front + 0.05, width, 1.65)), look.Second, Frame);
                brush.Draw(new Solid(Slab.Even(rear + 0.3, front - 0.3, width * 0.8, 1.6), Slab.Even(rear + 1, front - 1, width * 0.4, 2.2)), new Tint(0.42, 0.35, 0.27), new Tint(0.45, 0.38, 0.3));
                break;
        }
    }
}
