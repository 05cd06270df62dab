using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>A made-up intersection as a traffic camera sees it, with the exact truth about every frame.</summary>
/// <remarks>
/// Out: BGR pixels, and for each road user its class, track, visible box and crossings. Frame n is taken n / rate seconds after the scene has filled; equal options and frame numbers give equal
/// pixels and truths on every machine, because only sums, products and square roots of a fixed order are used, and a generator of our own.
/// Frames are cheapest in order: a jump plays the traffic in between, going back plays it from the start. Holds 26 bytes a sample, four samples a pixel: 24 MB at 640x360. One thread.
/// </remarks>
public sealed class SyntheticIntersection
{
    private readonly SceneCamera _camera;
    private readonly SceneLighting _lighting;
    private readonly SceneBackdrop _backdrop;
    private readonly SceneTimeline _timeline;
    private readonly SceneCanvas _canvas;
    private readonly SceneStage _stage;
    private readonly SceneFinish _finish;
    private readonly CameraShake _shake;

    /// <exception cref="ArgumentException">An option is outside of its limits.</exception>
    public SyntheticIntersection(SyntheticOptions options)
    {
        if (options is not { Seed: >= 0, Rate: >= 1 and <= 120, Width: >= 64 and <= 1920, Height: >= 64 and <= 1080, Traffic: >= 0 and <= 3, Shake: >= 0 and <= 20 })
        {
            throw new ArgumentException($"outside of its limits: {options}", nameof(options));
        }

        Options = options;
        var (seed, width, height) = (options.Seed, options.Width, options.Height);
        var layout = new RoadLayout(RandomStream.For(seed, SceneStreams.Layout));
        var streetLamps = new StreetLamps(layout);
        _camera = new SceneCamera(RandomStream.For(seed, SceneStreams.Camera), width, height);
        _lighting = new SceneLighting(RandomStream.For(seed, SceneStreams.Light), options.Light, options.Weather);
        var ground = new GroundTexture(layout, RandomStream.For(seed, SceneStreams.Ground), _lighting.IsRaining);
        var scenery = new SceneScenery(layout, streetLamps, _camera, RandomStream.For(seed, SceneStreams.Scenery));
        _backdrop = new SceneBackdrop(_camera, width, height, options.Shake, _lighting, ground, streetLamps, scenery);
        _timeline = new SceneTimeline(layout, options);
        _canvas = new SceneCanvas(width, height);
        var lamps = new SceneLamps(width, height);
        _stage = new SceneStage(layout, _lighting, streetLamps, _canvas, lamps);
        var rain = _lighting.IsRaining ? new SceneRain(RandomStream.For(seed, SceneStreams.Rain), seed, width, height) : null;
        _finish = new SceneFinish(_canvas, _backdrop, lamps, rain, new SceneSensor(RandomStream.For(seed, SceneStreams.Noise, -1), seed, width, height));
        _shake = new CameraShake(seed, options.Shake);
        Arms = [.. layout.Arms.Select(arm => new SceneArm(arm.Index, LineOf(arm, layout.HalfWidth)))];
    }

    public SyntheticOptions Options { get; }

    /// <summary>The roads, counter-clockwise on the ground.</summary>
    public IReadOnlyList<SceneArm> Arms { get; }

    /// <summary>The truth about a frame, without its pixels: everybody in the scene, those included of whom nothing is visible. Holds until the next call.</summary>
    /// <param name="frame">From 0.</param>
    public IReadOnlyList<SceneObject> SceneAt(long frame)
    {
        Look(frame, without: 0);
        return _stage.Objects;
    }

    /// <summary>A frame and the truth about it, which holds until the next call.</summary>
    /// <param name="frame">From 0.</param>
    /// <param name="picture">Width times height times 3 bytes: blue, green, red, without padding.</param>
    public IReadOnlyList<SceneObject> Render(long frame, Span<byte> picture) => Render(frame, picture, without: 0);

    /// <param name="without">A track that is left out of the picture; 0 = none.</param>
    internal IReadOnlyList<SceneObject> Render(long frame, Span<byte> picture, int without)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(picture.Length, Options.Width * Options.Height * 3, nameof(picture));
        var (dx, dy, day) = Look(frame, without);
        _finish.Paint(picture, frame, dx, dy, day);
        return _stage.Objects;
    }

    private (int Dx, int Dy, double Day) Look(long frame, int without)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        _timeline.MoveTo(frame);
        var seconds = frame / Options.Rate;
        var day = _lighting.DayAt(seconds);
        var (dx, dy) = _shake.At(frame, seconds);
        _canvas.Clear(_backdrop.Nearness, _backdrop.NearnessWidth, (_backdrop.Margin - dx) * SceneCanvas.Fineness, (_backdrop.Margin - dy) * SceneCanvas.Fineness);
        _stage.Play(_timeline, _camera.Shifted(dx, dy), day, without);
        return (dx, dy, day);
    }

    private (float X1, float Y1, float X2, float Y2)? LineOf(RoadArm arm, double half)
    {
        var (a, b) = (_camera.ToView(arm.At(arm.StopDistance, half).At(0)), _camera.ToView(arm.At(arm.StopDistance, -half).At(0)));
        if (a.Z < SceneCamera.Near || b.Z < SceneCamera.Near)
        {
            return null;
        }

        var (from, to) = (_camera.ToScreen(a), _camera.ToScreen(b));
        return ((float)from.X, (float)from.Y, (float)to.X, (float)to.Y);
    }
}
