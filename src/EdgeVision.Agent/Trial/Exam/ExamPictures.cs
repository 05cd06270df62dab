using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>Pictures to take a model's time with: an empty one, and one that is all noise, in which a detector finds the most to sort out.</summary>
/// <remarks>Always the same, and both are there at once. One thread.</remarks>
internal sealed class ExamPictures : IDisposable
{
    private const int Seed = 20260817;
    private readonly Frame[] _frames;

    public ExamPictures()
    {
        var pool = new FramePool("exam", new ImageLayout(PixelFormat.Bgr24, 640, 352), capacity: 2);
        _frames = [pool.TryRent()!, pool.TryRent()!];
        _frames[0].Pixels.Fill(128);
        new Random(Seed).NextBytes(_frames[1].Pixels);
    }

    public Frame this[int number] => _frames[number % _frames.Length];

    public void Dispose() => Array.ForEach(_frames, frame => frame.Dispose());
}
