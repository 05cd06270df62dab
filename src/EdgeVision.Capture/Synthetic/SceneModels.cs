namespace EdgeVision.Capture;

/// <summary>From who it is to how it is drawn.</summary>
internal static class SceneModels
{
    private static readonly Tint Housing = Tint.Grey(0.08);
    private static readonly Tint Off = Tint.Grey(0.16);
    private static readonly Tint[] Lights = [new(0.1, 0.95, 0.45), new(1, 0.75, 0.1), new(1, 0.13, 0.1)];

    public static void Draw(SceneBrush brush, Appearance look, VehicleState state)
    {
        switch (look.Class)
        {
            case SceneClass.Person:
                PersonModel.Draw(brush, look, state);
                break;
            case SceneClass.Bicycle:
                BicycleModel.Draw(brush, look, state);
                break;
            case SceneClass.Bus:
                BusModel.Draw(brush, look, state);
                break;
            case SceneClass.Truck:
                TruckModel.Draw(brush, look, state);
                break;
            default:
                CarModel.Draw(brush, look, state);
                break;
        }
    }

    /// <summary>The signal of an arm, right of those who come.</summary>
    /// <param name="lit">0 green, 1 yellow, 2 red, from below.</param>
    /// <returns>Where it shines, in its own frame, and in which colour.</returns>
    public static (Point3 Place, Tint Color) DrawSignal(SceneBrush brush, int lit)
    {
        var head = Solid.Box(-0.15, 0.15, 0.34, 2.5, 3.5);
        brush.Draw(Solid.Box(-0.06, 0.06, 0.12, 0, 2.5), Tint.Grey(0.4), Tint.Grey(0.4));
        brush.Draw(head, Housing, Housing);
        for (var i = 0; i < 3; i++)
        {
            brush.Draw(head.FrontFace.Part(0.18, 0.05 + i * 0.32, 0.82, 0.31 + i * 0.32), i == lit ? Lights[i] : Off, shines: i == lit);
        }

        return (new Point3(0.2, 0, 2.68 + lit * 0.32), Lights[lit]);
    }
}
