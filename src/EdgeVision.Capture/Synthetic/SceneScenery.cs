using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>What stands still beside the roads: houses, trees, lamps, masts of the signal, boxes and bins.</summary>
internal sealed class SceneScenery
{
    public const ushort Owner = 1;
    private const double NearestLamp = 7;
    private readonly List<(SceneryKind Kind, Placement At, Point3 Size, Tint First, Tint Second, int Variant)> _things = [];
    private readonly RoadLayout _layout;
    private readonly StreetLamps _lamps;

    public SceneScenery(RoadLayout layout, StreetLamps lamps, SceneCamera camera, RandomStream random)
    {
        (_layout, _lamps) = (layout, lamps);
        var density = random.Between(0.3f, 1);
        Scatter(SceneryKind.House, (int)(26 * density), 95, random, camera, 15, 1e3);
        Scatter(SceneryKind.Tree, (int)(60 * random.NextFloat()), 80, random, camera, 1.6, 40);
        Scatter(SceneryKind.Box, (int)(24 * random.NextFloat()), 35, random, camera, 0.9, 12);
        foreach (var place in lamps.Places.Where(place => (place - camera.Place.Ground).Dot(camera.Ahead.Ground.Unit()) > NearestLamp))
        {
            _things.Add((SceneryKind.Lamp, new Placement(place, new Point2(1, 0)), new Point3(0.16, 0.16, StreetLamps.Height), Tint.Grey(0.35), Tint.Grey(0.7), 0));
        }
    }

    /// <param name="day">1 by day, 0 at night.</param>
    public void Draw(SceneBrush brush, double day)
    {
        foreach (var thing in _things)
        {
            brush.Begin(Owner, thing.At, day, _lamps.At(thing.At.Place) * 0.6);
            SceneryModel.Draw(brush, thing.Kind, thing.Size, thing.First, thing.Second, thing.Variant, day);
        }
    }

    public void Shade(SceneShadows shadows)
    {
        foreach (var thing in _things)
        {
            var (x, y) = (thing.Size.X, thing.Size.Y);
            if (thing.Kind == SceneryKind.Tree)
            {
                shadows.Cast(thing.At, x * 0.75, y * 0.75, thing.Size.Z * 0.35, thing.Size.Z * 0.95);
            }
            else
            {
                shadows.Cast(thing.At, x, y, 0, thing.Size.Z);
            }
        }
    }

    private void Scatter(SceneryKind kind, int count, double reach, RandomStream random, SceneCamera camera, double clearance, double most)
    {
        var axis = _layout.Arms[0].Direction;
        for (var i = 0; i < count; i++)
        {
            var place = new Point2(random.Between(-1, 1), random.Between(-1, 1)) * reach;
            var size = SceneryModel.Size(kind, random);
            var (first, second) = SceneryModel.Colors(kind, random);
            var variant = random.Next(1 << 16);
            var toKerb = _layout.ToKerb(place);
            var ahead = (place - camera.Place.Ground).Dot(camera.Ahead.Ground.Unit());
            var free = kind == SceneryKind.Box ? 0 : camera.Place.Ground.Length + (kind == SceneryKind.House ? 14 : 2);
            // what is nearer than the middle would hide all of it
            if (toKerb > clearance && toKerb < most && ahead > free)
            {
                _things.Add((kind, new Placement(place, axis), size, first, second, variant));
            }
        }
    }
}
