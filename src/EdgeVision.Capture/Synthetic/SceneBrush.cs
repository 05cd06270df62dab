namespace EdgeVision.Capture;

/// <summary>Draws the faces of bodies as the camera sees them, lit: from a body's own frame into the canvas.</summary>
/// <remarks>One thread; what it drew for one owner it counts.</remarks>
internal sealed class SceneBrush(SceneCanvas canvas)
{
    private const int MostCorners = 12;
    private readonly Point3[] _view = new Point3[MostCorners];
    private readonly Point3[] _clipped = new Point3[MostCorners + 1];
    private readonly ScreenPoint[] _screen = new ScreenPoint[MostCorners + 1];
    private SceneCamera _camera = null!;
    private SceneLighting _lighting = null!;
    private Placement _at;
    private Tint _ambient;
    private Tint _direct;
    private Tint _haze;
    private double _hazeShare;

    public SceneCanvas Canvas => canvas;

    /// <summary>Where the faces drawn since <see cref="Begin"/> would lie if the picture had no end, pixels.</summary>
    public PixelBounds Bounds { get; private set; } = PixelBounds.None;

    /// <summary>What all of one frame have in common.</summary>
    public void Aim(SceneCamera camera, SceneLighting lighting) => (_camera, _lighting) = (camera, lighting);

    /// <param name="owner">From 1.</param>
    /// <param name="day">1 by day, 0 at night.</param>
    /// <param name="lamps">Light of the street lamps there.</param>
    public void Begin(ushort owner, Placement at, double day, double lamps)
    {
        canvas.Begin(owner);
        (_at, Bounds) = (at, PixelBounds.None);
        _ambient = _lighting.Ambient(day) + _lighting.LampColor * (lamps * SceneLighting.Lamps(day));
        _direct = _lighting.Direct(day);
        _haze = _lighting.Haze(day);
        _hazeShare = _lighting.HazeAt(Math.Max(0, _camera.ToView(at.Place.At(0)).Z));
    }

    public void Draw(Solid solid, Tint sides, Tint top)
    {
        Draw(solid.FrontFace, sides);
        Draw(solid.RearFace, sides);
        Draw(solid.LeftFace, sides);
        Draw(solid.RightFace, sides);
        Draw(solid.TopFace, top);
    }

    /// <param name="shines">Of itself, whatever light there is.</param>
    public void Draw(Quad face, Tint color, bool shines = false, bool twoSided = false) => Draw([face.A, face.B, face.C, face.D], color, shines, twoSided);

    /// <summary>A wheel, or a plate: eight-cornered, upright, seen from the side that <paramref name="outwards"/> points to (1 left, -1 right).</summary>
    public void DrawDisc(Point3 middle, double radius, int outwards, Tint color, bool twoSided = false)
    {
        Span<Point3> corners = stackalloc Point3[8];
        for (var i = 0; i < corners.Length; i++)
        {
            var angle = -outwards * (i + 0.5) * Math.PI / 4;
            corners[i] = middle + new Point3(Trigonometry.Cos(angle) * radius, 0, Trigonometry.Sin(angle) * radius);
        }

        Draw(corners, color, shines: false, twoSided);
    }

    /// <summary>The shadow of everything within convex corners that lie on the ground, in the scene.</summary>
    public void Shade(ReadOnlySpan<Point2> corners, double depth)
    {
        for (var i = 0; i < corners.Length; i++)
        {
            _view[i] = _camera.ToView(corners[i].At(0));
        }

        var count = Project(corners.Length);
        if (count >= 3)
        {
            canvas.Shade(_screen.AsSpan(0, count), (byte)(depth * 255));
        }
    }

    public void Draw(ReadOnlySpan<Point3> own, Tint color, bool shines = false, bool twoSided = false)
    {
        var normal = _at.DirectionToScene((own[1] - own[0]).Cross(own[^1] - own[0]).Unit());
        var facing = normal.Dot(_camera.Place - _at.ToScene(own[0]));
        if (facing <= 0)
        {
            if (!twoSided)
            {
                return;
            }

            normal *= -1;
        }

        for (var i = 0; i < own.Length; i++)
        {
            _view[i] = _camera.ToView(_at.ToScene(own[i]));
        }

        var count = Project(own.Length);
        if (count < 3)
        {
            return;
        }

        for (var i = 0; i < count; i++)
        {
            Bounds = Bounds.With(_screen[i].X / SceneCanvas.Fineness, _screen[i].Y / SceneCanvas.Fineness);
        }

        var light = shines ? Tint.Grey(1) : _ambient * (0.82 + 0.18 * normal.Z) + _direct * Math.Max(0, normal.Dot(_lighting.Sun));
        canvas.Fill(_screen.AsSpan(0, count), (color * light).Mix(_haze, shines ? 0 : _hazeShare).Pack());
    }

    /// <summary>Cuts off what is nearer than the camera can see, and brings the rest to the picture, in samples.</summary>
    private int Project(int count)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (_view[i], _view[i + 1 == count ? 0 : i + 1]);
            if (a.Z >= SceneCamera.Near)
            {
                _clipped[kept++] = a;
            }

            if (a.Z >= SceneCamera.Near != b.Z >= SceneCamera.Near && kept <= MostCorners)
            {
                _clipped[kept++] = a + (b - a) * ((SceneCamera.Near - a.Z) / (b.Z - a.Z));
            }
        }

        for (var i = 0; i < kept; i++)
        {
            var point = _camera.ToScreen(_clipped[i]);
            _screen[i] = point with { X = point.X * SceneCanvas.Fineness, Y = point.Y * SceneCanvas.Fineness };
        }

        return kept;
    }
}
