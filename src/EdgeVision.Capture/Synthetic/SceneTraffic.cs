using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>Who is where, in steps of a twentieth of a second from an empty scene; frame 0 lies where it has filled.</summary>
/// <remarks>Everything follows from the seed and the number of steps. Arrivals are drawn for each lane and step, so they come like Poisson's.</remarks>
internal sealed class SceneTraffic
{
    public const double Step = 0.05;
    private const int WarmUpSteps = 1800;
    private const double None = 1e6;
    private const double TakesOverAfter = 9;
    private readonly RandomStream _random;
    private readonly RoadLayout _layout;
    private readonly VehicleRoute[][] _lanes;
    private readonly List<Vehicle> _vehicles = [];
    private readonly List<Walker> _walkers = [];
    private readonly double _perLane;
    private readonly double _onFoot;
    private readonly Func<int, bool> _isWanted;
    private int _lastId;

    public SceneTraffic(RoadLayout layout, long seed, double traffic)
    {
        _random = RandomStream.For(seed, SceneStreams.Traffic);
        (_layout, _isWanted) = (layout, IsWanted);
        _lanes = [.. VehicleRoute.All(layout).GroupBy(way => (way.Approach, way.Lane)).Select(lane => lane.ToArray())];
        Signal = new TrafficSignal(layout.Arms.Length, _random.Between(8, 15), _random.Next(5));
        _perLane = traffic * _random.Between(0.06f, 0.17f) * Step;
        _onFoot = traffic * _random.Between(0.04f, 0.22f) * Step;
        for (var i = 0; i < WarmUpSteps; i++)
        {
            Advance();
        }
    }

    public TrafficSignal Signal { get; }

    public IReadOnlyList<Vehicle> Vehicles => _vehicles;

    public IReadOnlyList<Walker> Walkers => _walkers;

    public void Advance()
    {
        Signal.Step(Step, _isWanted, !_vehicles.Exists(vehicle => vehicle.IsInside) && !_walkers.Exists(walker => walker.IsCrossing));
        foreach (var vehicle in _vehicles)
        {
            var (gap, speed) = Ahead(vehicle);
            vehicle.Step(Step, gap, speed, Signal.IsGreen(vehicle.Approach), Signal.IsYellow(vehicle.Approach));
        }

        foreach (var walker in _walkers)
        {
            walker.Step(Step, Signal.MayWalk);
        }

        _vehicles.RemoveAll(vehicle => vehicle.HasArrived);
        _walkers.RemoveAll(walker => walker.HasArrived);
        Arrive();
    }

    private bool IsWanted(int turn) => turn == _layout.Arms.Length
        ? _walkers.Exists(walker => walker.IsWaiting)
        : _vehicles.Exists(vehicle => vehicle.Approach == turn && vehicle.ToStopLine is > -0.5 and < 50);

    /// <summary>Gap to whoever is ahead in the same lane: of the approach until the ways part, and of the exit.</summary>
    private (double Gap, double Speed) Ahead(Vehicle vehicle)
    {
        var (gap, speed) = (None, 0.0);
        foreach (var other in _vehicles)
        {
            if (other == vehicle || other.Way.Lane != vehicle.Way.Lane)
            {
                continue;
            }

            var between = None;
            if (other.Approach == vehicle.Approach && other.Gone > vehicle.Gone && other.Gone - other.Look.Length / 2 < other.Way.StopAt + TakesOverAfter)
            {
                between = other.Gone - vehicle.Gone;
            }

            if (other.Exit == vehicle.Exit && other.ToEnd < vehicle.ToEnd)
            {
                between = Math.Min(between, vehicle.ToEnd - other.ToEnd);
            }

            between -= (other.Look.Length + vehicle.Look.Length) / 2;
            (gap, speed) = between < gap ? (between, other.Speed) : (gap, speed);
        }

        return (gap, speed);
    }

    private void Arrive()
    {
        foreach (var lane in _lanes)
        {
            if (_random.NextFloat() < _perLane)
            {
                Enter(lane);
            }
        }

        if (_random.NextFloat() < _onFoot)
        {
            var look = Appearance.Draw(SceneClass.Person, _random);
            _walkers.Add(new Walker(++_lastId, look, WalkRoute.Make(_layout, _random), _random.Between(0.9f, 1.7f), _random.Between(0.3f, 3)));
        }
    }

    private void Enter(VehicleRoute[] lane)
    {
        var kind = _random.NextFloat() switch { < 0.68f => SceneClass.Car, < 0.8f => SceneClass.Truck, < 0.87f => SceneClass.Bus, _ => SceneClass.Bicycle };
        var way = lane[_random.Next(lane.Length)];
        var look = Appearance.Draw(kind, _random);
        var (wished, pull) = kind switch
        {
            SceneClass.Bicycle => (_random.Between(3.8f, 6.5f), 1.0f),
            SceneClass.Car => (_random.Between(10, 14), 1.9f),
            _ => (_random.Between(8.5f, 11), 1.1f),
        };
        var vehicle = new Vehicle(_lastId + 1, look, way, wished, pull);
        var (gap, speed) = Ahead(vehicle);
        if (gap < 6)
        {
            return; // the road is full to its end: whoever comes turns round
        }

        vehicle.Slow(gap < 40 ? speed : wished);
        _vehicles.Add(vehicle);
        _lastId++;
    }
}
