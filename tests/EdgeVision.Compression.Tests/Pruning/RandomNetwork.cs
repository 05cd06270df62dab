using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests.Pruning;

/// <summary>Networks put together at random from what a pruner has to follow; the same seed, the same network.</summary>
internal sealed class RandomNetwork
{
    private const int Side = 8;

    private readonly Random _random;
    private readonly Sketch _net;
    private readonly List<(string Value, int Channels)> _maps = []; // of 8 x 8 pixels

    private RandomNetwork(int seed)
    {
        (_random, _net) = (new Random(seed), new Sketch(seed, 1, 3, Side, Side));
        _maps.Add((Activate(_net.Conv("x", 3, 16, 3)), 16));
    }

    public static OnnxModel Of(int seed)
    {
        var network = new RandomNetwork(seed);
        Action[] moves = [network.Convolve, network.Depthwise, network.Grouped, network.Residual, network.Join, network.Parts, network.Excite, network.Shuffle, network.Scale, network.Cut, network.Blocks, network.Attend, network.Transposed, network.Pool];
        for (var i = 0; i < 9; i++)
        {
            moves[network._random.Next(moves.Length)]();
        }

        return network._net.Build(network.Head());
    }

    private (string Value, int Channels) Some() => _maps[^_random.Next(1, Math.Min(_maps.Count, 3) + 1)];

    private string Activate(string x) => _random.Next(5) switch
    {
        0 => _net.Add("Relu", [x]),
        1 => _net.Add("LeakyRelu", [x]),
        2 => _net.Add("HardSwish", [x]),
        3 => _net.Add("Mul", [x, _net.Add("Sigmoid", [x])]),
        _ => _net.Add("Clip", [x, _net.Floats([], 0), _net.Floats([], 6)]),
    };

    private void Convolve()
    {
        var ((x, channels), given) = (Some(), 4 * _random.Next(2, 7));
        var convolved = _net.Conv(x, channels, given, _random.Next(2) == 0 ? 1 : 3);
        _maps.Add((Activate(_random.Next(2) == 0 ? convolved : _net.BatchNorm(convolved, given)), given));
    }

    private void Depthwise()
    {
        var ((x, channels), times) = (Some(), _random.Next(1, 3));
        _maps.Add((Activate(_net.BatchNorm(_net.Conv(x, channels, channels * times, 3, groups: channels), channels * times)), channels * times));
    }

    private void Grouped()
    {
        var (x, channels) = Some();
        _maps.Add((Activate(_net.Conv(x, channels, 16, groups: channels % 4 == 0 ? 4 : 1)), 16));
    }

    private void Residual()
    {
        var (x, channels) = Some();
        var branch = _net.Conv(Activate(_net.Conv(x, channels, 12)), 12, channels, 3);
        _maps.Add((Activate(_net.Add(_random.Next(2) == 0 ? "Add" : "Sub", [branch, x])), channels));
    }

    private void Join()
    {
        var ((x, first), (y, second)) = (Some(), Some());
        _maps.Add((_net.Add("Concat", [x, y], OnnxNode.Int("axis", _random.Next(2) == 0 ? 1 : -3)), first + second));
    }

    private void Parts()
    {
        var (x, channels) = Some();
        var first = _random.Next(1, channels - 1);
        var parts = _net.Split(x, first, channels - first);
        _maps.Add((_net.Add("Concat", [Activate(_net.Conv(parts[1], channels - first, 8)), parts[0]], OnnxNode.Int("axis", 1)), first + 8));
    }

    private void Excite()
    {
        var (x, channels) = Some();
        _maps.Add((_net.Excite(x, channels, 4), channels));
    }

    private void Shuffle()
    {
        var (x, channels) = Some();
        var groups = channels % 3 == 0 && _random.Next(2) == 0 ? 3 : channels % 2 == 0 ? 2 : 1;
        _maps.Add((_net.Shuffle(x, channels, Side, groups), channels));
    }

    private void Scale()
    {
        var (x, channels) = Some();
        var scaled = _net.Add("Mul", [_net.Random([1, channels, 1, 1], 0.2, 1), _net.Add("PRelu", [x, _net.Random([channels, 1, 1], 0.2)])]);
        _maps.Add((_net.Add("InstanceNormalization", [_net.Add("Add", [scaled, _net.Random([channels, 1, 1], 0.1)]), _net.Random([channels], 0.5), _net.Random([channels], 0.1)]), channels));
    }

    private void Cut()
    {
        var (x, channels) = Some();
        var (start, end) = (_random.Next(0, channels / 2), _random.Next((channels / 2) + 2, channels + 1));
        _maps.Add((_net.Add("Slice", [x, _net.Longs(start), _net.Longs(end == channels ? long.MaxValue : end - channels), _net.Longs(1)]), end - start));
    }

    private void Blocks()
    {
        var (x, channels) = Some();
        var deep = _net.Add("SpaceToDepth", [x], OnnxNode.Int("blocksize", 2));
        var mixed = Activate(_net.Conv(deep, channels * 4, 24));
        _maps.Add((_net.Add("DepthToSpace", [mixed], OnnxNode.Int("blocksize", 2), OnnxNode.Text("mode", _random.Next(2) == 0 ? "DCR" : "CRD")), 6));
    }

    private void Attend()
    {
        var (x, channels) = Some();
        _maps.Add((_net.Add("Mul", [_net.Add("Sigmoid", [_net.Conv(x, channels, 1, 3)]), x]), channels));
    }

    private void Transposed()
    {
        var (x, channels) = Some();
        var up = Activate(_net.ConvTranspose(x, channels, 12));
        _maps.Add((_net.Add("MaxPool", [up], OnnxNode.Ints("kernel_shape", 2, 2), OnnxNode.Ints("strides", 2, 2)), 12));
    }

    private void Pool()
    {
        var (x, channels) = Some();
        var small = _net.Add("AveragePool", [x], OnnxNode.Ints("kernel_shape", 2, 2), OnnxNode.Ints("strides", 2, 2));
        var scales = _net.Floats([4], 1, 1, 2, 2);
        _maps.Add((_net.Add("Resize", [small, "", scales], OnnxNode.Text("mode", "nearest")), channels));
    }

    private string Head()
    {
        var (x, channels) = _maps[^1];
        switch (_random.Next(4))
        {
            case 0:
                return _net.Gemm(_net.Add("Flatten", [x]), channels * Side * Side, 5);
            case 1:
                return _net.Gemm(_net.Add("Flatten", [_net.Add("GlobalAveragePool", [x])]), channels, 5);
            case 2:
                var rows = _net.Add("Reshape", [_net.Add("Transpose", [x], OnnxNode.Ints("perm", 0, 2, 3, 1)), _net.Longs(1, -1, channels)]);
                return _net.Add("MatMul", [rows, _net.Random([channels, 4], 0.2)]);
            default:
                return _net.Conv(x, channels, 5);
        }
    }
}
