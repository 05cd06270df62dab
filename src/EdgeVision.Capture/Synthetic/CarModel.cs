namespace EdgeVision.Capture;

/// <summary>Cars: saloons, hatchbacks, estates and vans, by the variant of the look.</summary>
internal static class CarModel
{
    private static readonly Tint Glass = new(0.09, 0.11, 0.14);
    private static readonly Tint Dark = Tint.Grey(0.06);

    public static void Draw(SceneBrush brush, Appearance look, VehicleState state)
    {
        var (half, width, height) = (look.Length / 2, look.Width, look.Height);
        var isVan = look.Variant % 4 == 3;
        var waist = isVan ? 1.0 : height * 0.58;
        var body = new Solid(Slab.Even(-half, half, width, 0.28), Slab.Even(-half + 0.08, half - 0.12, width * 0.95, waist));
        brush.Draw(Solid.Box(-half + 0.15, half - 0.15, width - 0.2, 0.14, 0.3), Dark, Dark);
        brush.Draw(body, look.First, look.First);
        var (rearBelow, rearAbove) = (look.Variant % 4) switch { 0 => (-0.36, -0.2), 1 => (-0.47, -0.36), 2 => (-0.48, -0.44), _ => (-0.48, -0.47) };
        var (frontBelow, frontAbove) = isVan ? (0.42, 0.27) : (0.24, 0.06);
        var cabin = new Solid(
            Slab.Even(rearBelow * look.Length, frontBelow * look.Length, width * 0.92, waist),
            Slab.Even(rearAbove * look.Length, frontAbove * look.Length, width * 0.76, height));
        brush.Draw(cabin, look.First, look.First);
        brush.Draw(cabin.FrontFace.Part(0.05, 0.08, 0.95, 0.92), Glass);
        brush.Draw(cabin.RearFace.Part(0.08, 0.15, 0.92, 0.88), Glass);
        // a van has windows beside its driver only
        brush.Draw(cabin.LeftFace.Part(isVan ? 0.08 : 0.07, 0.12, isVan ? 0.36 : 0.48, 0.88), Glass);
        brush.Draw(cabin.RightFace.Part(isVan ? 0.64 : 0.52, 0.12, isVan ? 0.92 : 0.93, 0.88), Glass);
        if (!isVan)
        {
            brush.Draw(cabin.LeftFace.Part(0.53, 0.12, 0.9, 0.88), Glass);
            brush.Draw(cabin.RightFace.Part(0.1, 0.12, 0.47, 0.88), Glass);
        }

        VehicleParts.DrawLights(brush, body, state, 0.62, 0.86);
        brush.Draw(body.FrontFace.Part(0.28, 0.12, 0.72, 0.5), Dark);
        VehicleParts.DrawAxle(brush, half * 0.62, width, 0.33);
        VehicleParts.DrawAxle(brush, -half * 0.6, width, 0.33);
    }
}
