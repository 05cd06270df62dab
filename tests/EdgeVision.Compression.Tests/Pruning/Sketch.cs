using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Compression.Tests.Pruning;

/// <summary>A network drawn by hand, with random weights from a seed: each member adds a node and gives the name of its value.</summary>
internal sealed class Sketch
{
    private readonly GraphProto _graph = new() { Name = "sketch" };
    private readonly Random _random;
    private int _count;

    public Sketch(int seed, params ReadOnlySpan<long> input)
    {
        _random = new Random(seed);
        _graph.Input.Add(Value("x", input));
    }

    public string Conv(string x, int read, int given, int kernel = 1, int stride = 1, int groups = 1, bool bias = true)
    {
        var weights = Random([given, read / groups, kernel, kernel], Math.Sqrt(2.0 / (read / groups * kernel * kernel)));
        return Add("Conv", bias ? [x, weights, Random([given], 0.1)] : [x, weights],
            OnnxNode.Ints("kernel_shape", kernel, kernel), OnnxNode.Ints("pads", kernel / 2, kernel / 2, kernel / 2, kernel / 2), OnnxNode.Ints("strides", stride, stride), OnnxNode.Int("group", groups));
    }

    public string ConvTranspose(string x, int read, int given, int groups = 1) =>
        Add("ConvTranspose", [x, Random([read, given / groups, 2, 2], Math.Sqrt(2.0 * groups / read)), Random([given], 0.1)], OnnxNode.Ints("strides", 2, 2), OnnxNode.Int("group", groups));

    public string BatchNorm(string x, int channels) =>
        Add("BatchNormalization", [x, Random([channels], 0.2, 1), Random([channels], 0.1), Random([channels], 0.1), Random([channels], 0, 1)]);

    public string ConvRelu(string x, int read, int given, int kernel = 1, int stride = 1) => Add("Relu", [BatchNorm(Conv(x, read, given, kernel, stride, bias: false), given)]);

    public string Gemm(string x, int read, int given) => Add("Gemm", [x, Random([given, read], Math.Sqrt(1.0 / read)), Random([given], 0.1)], OnnxNode.Int("transB", 1));

    /// <summary>The gate of squeeze-and-excite.</summary>
    public string Excite(string x, int channels, int squeezed)
    {
        var gate = Add("Relu", [Conv(Add("GlobalAveragePool", [x]), channels, squeezed)]);
        return Add("Mul", [x, Add("Sigmoid", [Conv(gate, squeezed, channels)])]);
    }

    /// <summary>A channel shuffle as exporters write it.</summary>
    public string Shuffle(string x, int channels, int side, int groups = 2)
    {
        var parts = Add("Reshape", [x, Longs(1, groups, channels / groups, side, side)]);
        return Add("Reshape", [Add("Transpose", [parts], OnnxNode.Ints("perm", 0, 2, 1, 3, 4)), Longs(1, -1, side, side)]);
    }

    public string Add(string operation, string[] inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var output = Next(operation);
        _graph.Node.Add(OnnxNode.Of(operation, inputs, [output], attributes));
        return output;
    }

    public string[] Split(string x, params long[] sizes)
    {
        string[] outputs = [.. sizes.Select(_ => Next("Split"))];
        _graph.Node.Add(OnnxNode.Of("Split", [x, Longs(sizes)], outputs, OnnxNode.Int("axis", 1)));
        return outputs;
    }

    public string Longs(params ReadOnlySpan<long> values) => Keep(OnnxTensor.Of(Next("longs"), [values.Length], values));

    public string Floats(ReadOnlySpan<long> dims, params ReadOnlySpan<float> values) => Keep(OnnxTensor.Of(Next("floats"), dims, values));

    public string Random(ReadOnlySpan<long> dims, double spread, double mean = 0)
    {
        var values = new float[dims.ToArray().Aggregate(1L, (product, length) => product * length)];
        foreach (ref var value in values.AsSpan())
        {
            value = (float)(mean + (spread * Math.Sqrt(3) * ((2 * _random.NextDouble()) - 1)));
        }

        return Keep(OnnxTensor.Of(Next("weights"), dims, values));
    }

    public OnnxModel Build(params ReadOnlySpan<string> outputs)
    {
        foreach (var output in outputs)
        {
            _graph.Output.Add(new ValueInfoProto { Name = output, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float } } });
        }

        var proto = new ModelProto { IrVersion = 8, Graph = _graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return OnnxModel.Load(Google.Protobuf.MessageExtensions.ToByteArray(proto), "sketch.onnx");
    }

    private string Keep(TensorProto tensor)
    {
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Next(string stem) => $"{stem}_{_count++}";

    private static ValueInfoProto Value(string name, ReadOnlySpan<long> lengths)
    {
        var shape = new TensorShapeProto();
        foreach (var length in lengths)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = length });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = shape } } };
    }
}
