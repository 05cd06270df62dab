using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Compression;

/// <summary>Writes a plan into a graph: constants in 16 bits, and a Cast wherever a value passes between the two widths, one for all who read it.</summary>
internal sealed class HalfWriter(OnnxGraph graph, HashSet<string> floats, HalfPlan plan)
{
    private readonly Dictionary<string, string> _halves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _singles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    public void Write()
    {
        var nodes = graph.TopologicalOrder().Where(plan.Computes).ToArray();
        var shared = nodes.Where(plan.IsFloat).SelectMany(node => node.Input).ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in graph.Proto.Initializer.Where(tensor => floats.Contains(tensor.Name) && !graph.IsOutput(tensor.Name)).ToArray())
        {
            Narrow(tensor, shared.Contains(tensor.Name));
        }

        foreach (var node in nodes)
        {
            if (plan.IsFloat(node))
            {
                Read(node, _singles, DataType.Float, isAlready: value => !_given.Contains(value));
            }
            else
            {
                Read(node, _halves, DataType.Float16, isAlready: _ => false);
                GiveHalves(node);
            }
        }

        graph.Touch();
        graph.RemoveUnused();
        RemoveEmptyCasts();
    }

    // Under its own name where nobody needs it in 32 bits any more.
    private void Narrow(TensorProto tensor, bool isShared)
    {
        var name = isShared ? graph.NewName(tensor.Name + "_half") : tensor.Name;
        graph.SetInitializer(OnnxTensor.Of(name, [.. tensor.Dims], Array.ConvertAll(tensor.ReadFloats(), value => (Half)value)));
        _halves[tensor.Name] = name;
    }

    private void Read(NodeProto node, Dictionary<string, string> names, DataType type, Predicate<string> isAlready)
    {
        for (var index = 0; index < node.Input.Count; index++)
        {
            var value = node.Input[index];
            if (!floats.Contains(value) || isAlready(value))
            {
                continue;
            }

            if (!names.TryGetValue(value, out var name))
            {
                names[value] = name = InsertCast(type == DataType.Float ? _halves[value] : value, graph.NewName(value + (type == DataType.Float ? "_float" : "_half")), type);
            }

            node.Input[index] = name;
        }
    }

    private void GiveHalves(NodeProto node)
    {
        for (var index = 0; index < node.Output.Count; index++)
        {
            var value = node.Output[index];
            if (!floats.Contains(value))
            {
                continue;
            }

            _halves[value] = value;
            _given.Add(value);
            if (graph.IsOutput(value))
            {
                node.Output[index] = _halves[value] = graph.NewName(value + "_half");
                _singles[value] = InsertCast(_halves[value], value, DataType.Float);
            }
        }

        SetType(node);
    }

    private static void SetType(NodeProto node)
    {
        if (node.Is("Cast") && node.IntOf("to", 0) == (int)DataType.Float)
        {
            node.SetAttribute(OnnxNode.Int("to", (int)DataType.Float16));
        }
        else if (node.Is("ConstantOfShape"))
        {
            var value = node.Attribute("value")?.T.ReadFloats()[0] ?? 0;
            node.SetAttribute(new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = OnnxTensor.Of("value", [1], [(Half)value]) });
        }
    }

    private string InsertCast(string from, string to, DataType type)
    {
        var cast = OnnxNode.Of("Cast", [from], [to], OnnxNode.Int("to", (int)type));
        cast.Name = graph.NewName(cast.Name);
        graph.Insert(cast);
        return to;
    }

    // What read or gave 16 bits at the ends already.
    private void RemoveEmptyCasts()
    {
        var ends = graph.Inputs.Where(input => input.Type?.TensorType?.ElemType == (int)DataType.Float16).Select(input => input.Name).Concat(_halves.Values).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Nodes.Where(node => node.Is("Cast") && node.IntOf("to", 0) == (int)DataType.Float16 && ends.Contains(node.Input[0])).ToArray())
        {
            graph.Bypass(node, node.Input[0]);
        }
    }
}
