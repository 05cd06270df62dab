using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>How a mast sways in the wind and trembles from trucks: whole pixels.</summary>
internal sealed class CameraShake(long seed, int most)
{
    private readonly double _start = RandomStream.For(seed, SceneStreams.Shake).Between(0, 6);

    public (int Dx, int Dy) At(long frame, double seconds)
    {
        if (most == 0)
        {
            return (0, 0);
        }

        var tremor = RandomStream.For(seed, SceneStreams.Shake, frame + 1);
        return (Along(seconds * 4.1 + _start, tremor), Along(seconds * 5.3 + _start * 2, tremor));
    }

    private int Along(double phase, RandomStream tremor) =>
        (int)Math.Floor(most * (0.5 * Trigonometry.Sin(phase) + 0.25 * Trigonometry.Sin(phase * 3.7) + tremor.Between(-0.25f, 0.25f)) + 0.5);
}
