namespace EdgeVision.Capture;

/// <summary>What each stream of random numbers of a scene is for, so that none hangs on how much another was used.</summary>
internal static class SceneStreams
{
    public const long Layout = 1;
    public const long Camera = 2;
    public const long Light = 3;
    public const long Traffic = 4;
    public const long Ground = 5;
    public const long Scenery = 6;
    public const long Shake = 7;
    public const long Rain = 8;
    public const long Noise = 9;
}
