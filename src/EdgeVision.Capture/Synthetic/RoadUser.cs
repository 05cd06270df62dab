namespace EdgeVision.Capture;

/// <summary>Somebody on the way. Moved in steps of <see cref="SceneTraffic.Step"/>; frames lie between two steps.</summary>
internal abstract class RoadUser(int id, Appearance look, Route route, int approach, int exit)
{
    public int Id => id;

    public Appearance Look => look;

    public Route Route => route;

    public int Approach => approach;

    public int Exit => exit;

    /// <summary>Metres gone on the route, to the middle of the body.</summary>
    public double Gone { get; protected set; }

    /// <summary>The same one step earlier.</summary>
    public double GoneBefore { get; private set; }

    public double Speed { get; protected set; }

    public bool HasArrived => Gone >= Route.Length;

    /// <param name="share">0 = one step ago, 1 = now.</param>
    public double GoneAt(double share) => GoneBefore + (Gone - GoneBefore) * share;

    /// <summary>What lies between two places of the route, and the arm it belongs to.</summary>
    public abstract (SceneCrossing Crossing, int Arm) Crossed(double from, double to);

    protected void Advance(double seconds)
    {
        GoneBefore = Gone;
        Gone += Speed * seconds;
    }
}
