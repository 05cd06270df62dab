namespace EdgeVision.Capture;

/// <summary>People on foot: legs and arms swing with the way gone.</summary>
internal static class PersonModel
{
    private const double MetresPerStride = 1.35;

    public static void Draw(SceneBrush brush, Appearance look, VehicleState state)
    {
        var scale = look.Height / 1.75;
        var swing = 0.28 * scale * Trigonometry.Sin(state.Gone / (MetresPerStride * scale) * 2 * Math.PI);
        for (var side = -1; side <= 1; side += 2)
        {
            Limb(brush, scale, side * 0.09, side * swing, 0, 0.88, 0.16, look.Second);
            Limb(brush, scale, side * 0.27, -side * swing * 0.8, 0.78, 1.42, 0.11, look.First);
        }

        var torso = new Solid(Slab.Even(-0.12 * scale, 0.12 * scale, 0.36 * scale, 0.82 * scale), Slab.Even(-0.11 * scale, 0.11 * scale, 0.46 * scale, 1.46 * scale));
        brush.Draw(torso, look.First, look.First);
        if (look.Variant % 3 == 0)
        {
            brush.Draw(new Solid(Slab.Even(-0.3 * scale, -0.12 * scale, 0.3 * scale, 1.0 * scale), Slab.Even(-0.26 * scale, -0.12 * scale, 0.28 * scale, 1.42 * scale)), look.Second.Mix(Tint.Grey(0.2), 0.5), look.Second);
        }

        DrawHead(brush, look, 0, 1.5 * scale, scale);
    }

    public static void DrawHead(SceneBrush brush, Appearance look, double ahead, double from, double scale)
    {
        var hair = Tint.Of(0.08, 0.5, look.Variant / 7 % 8 * 0.08 + 0.05);
        var head = new Solid(Slab.Even(ahead - 0.1 * scale, ahead + 0.1 * scale, 0.17 * scale, from), Slab.Even(ahead - 0.11 * scale, ahead + 0.11 * scale, 0.2 * scale, from + 0.26 * scale));
        brush.Draw(head, look.Skin, hair);
        brush.Draw(head.RearFace.Part(0, 0.2, 1, 1), hair);
        brush.Draw(head.LeftFace.Part(0.4, 0.35, 1, 1), hair);
        brush.Draw(head.RightFace.Part(0, 0.35, 0.6, 1), hair);
    }

    /// <summary>Hangs from above; its lower end is pushed ahead.</summary>
    private static void Limb(SceneBrush brush, double scale, double aside, double swing, double from, double to, double thick, Tint color)
    {
        var (half, y) = (thick * scale / 2, aside * scale);
        brush.Draw(new Solid(new Slab(swing - half, swing + half, y - half, y + half, from * scale), new Slab(-half, half, y - half, y + half, to * scale)), color, color);
    }
}
