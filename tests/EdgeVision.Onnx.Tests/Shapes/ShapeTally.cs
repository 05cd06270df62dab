using EdgeVision.Onnx.Schema;
using Microsoft.ML.OnnxRuntime;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx.Tests;

/// <summary>Inferred shapes beside those that ONNX Runtime gives, value by value.</summary>
internal sealed class ShapeTally
{
    public List<string> Wrong { get; } = [];

    public int Right { get; private set; }

    /// <summary>Values of which the rank or a length was not told.</summary>
    public int Open { get; private set; }

    /// <summary>Models that ONNX Runtime does not run, or not with every value as an output.</summary>
    public int Refused { get; private set; }

    public void Add(ConformanceCase example)
    {
        if (example.Inputs() is not { } inputs)
        {
            return;
        }

        try
        {
            Add(example.Name, Fixed(example, inputs), ExposedNetwork.Run(example.Model, session => ConformanceCase.Bind(session, inputs)));
        }
        catch (OnnxRuntimeException)
        {
            Refused++;
        }
    }

    private void Add(string name, OnnxModel model, Dictionary<string, ValueShape> real)
    {
        var inferred = ShapeInference.Infer(model, model.Graph.Inputs.ToDictionary(input => input.Name, input => real[input.Name].Lengths));
        foreach (var (value, shape) in real)
        {
            if (inferred.Of(value) is not { } ours)
            {
                Open++;
            }
            else if (ours.Type != shape.Type || ours.Rank != shape.Rank || ours.Lengths.Zip(shape.Lengths).Any(pair => pair.First >= 0 && pair.First != pair.Second))
            {
                Wrong.Add($"{name}: {model.Graph.ProducerOf(value)?.OpType} gives {shape}, inferred was {ours}");
            }
            else
            {
                Right++;
                Open += ours.IsFixed ? 0 : 1;
            }
        }
    }

    // Axes, pads and sizes come as inputs in these tests; as constants, as networks have them, they say something about shapes.
    private static OnnxModel Fixed(ConformanceCase example, IReadOnlyList<TensorProto> inputs)
    {
        var model = OnnxModel.Load(example.Model, example.Name);
        foreach (var (input, tensor) in model.Graph.Inputs.Zip(inputs).Skip(1).Where(pair => pair.Second.TypeOf() != DataType.String).ToArray())
        {
            var constant = tensor.Clone();
            constant.Name = input.Name;
            model.Graph.SetInitializer(constant);
        }

        return model;
    }
}
