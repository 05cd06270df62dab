using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>A camera on a mast that looks down on the intersection. View coordinates: x right, y down, z ahead, metres.</summary>
internal sealed class SceneCamera
{
    /// <summary>Nothing nearer is drawn, metres.</summary>
    public const double Near = 0.5;
    private readonly Point3 _right;
    private readonly Point3 _down;
    private readonly Point3 _ahead;
    private readonly double _middleX;
    private readonly double _middleY;

    /// <param name="width">Of the picture, pixels.</param>
    public SceneCamera(RandomStream random, int width, int height)
    {
        var around = Point2.Towards(random.Between(0, 6.2831f));
        Place = (around * random.Between(13, 30)).At(random.Between(5.5f, 12.5f));
        var target = new Point3(random.Between(-4, 4), random.Between(-4, 4), 0) - around.At(0) * random.Between(-4, 5);
        // So long a lens that the picture is so many metres wide at the middle of the intersection.
        Focal = width * Math.Clamp((target - Place).Length / random.Between(24, 52), 0.5, 1.5);
        (_middleX, _middleY) = (width / 2.0, height / 2.0);
        _ahead = (target - Place).Unit();
        var roll = random.Between(-0.04f, 0.04f);
        var level = _ahead.Cross(new Point3(0, 0, 1)).Unit();
        var below = _ahead.Cross(level);
        _right = level * Trigonometry.Cos(roll) + below * Trigonometry.Sin(roll);
        _down = _ahead.Cross(_right);
    }

    private SceneCamera(SceneCamera other, double dx, double dy)
    {
        (Place, Focal, _right, _down, _ahead) = (other.Place, other.Focal, other._right, other._down, other._ahead);
        (_middleX, _middleY) = (other._middleX + dx, other._middleY + dy);
    }

    public Point3 Place { get; }

    /// <summary>Pixels.</summary>
    public double Focal { get; }

    public Point3 Ahead => _ahead;

    /// <summary>The same with its picture pushed aside by so many pixels.</summary>
    public SceneCamera Shifted(double dx, double dy) => new(this, dx, dy);

    public Point3 ToView(Point3 place)
    {
        var way = place - Place;
        return new Point3(way.Dot(_right), way.Dot(_down), way.Dot(_ahead));
    }

    /// <param name="view">In front of <see cref="Near"/>.</param>
    public ScreenPoint ToScreen(Point3 view) => new(_middleX + Focal * view.X / view.Z, _middleY + Focal * view.Y / view.Z, 1 / view.Z);

    /// <summary>The direction in which a pixel looks, of length 1 along the axis.</summary>
    public Point3 Ray(double x, double y) => _ahead + _right * ((x - _middleX) / Focal) + _down * ((y - _middleY) / Focal);

    /// <summary>The place on the ground that a pixel shows; null at the sky.</summary>
    public Point2? Ground(double x, double y)
    {
        var ray = Ray(x, y);
        return ray.Z > -1e-4 ? null : (Place + ray * (-Place.Z / ray.Z)).Ground;
    }
}
