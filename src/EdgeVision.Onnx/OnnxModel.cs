using EdgeVision.Onnx.Schema;
using Google.Protobuf;

namespace EdgeVision.Onnx;

/// <summary>One ONNX model in memory, to be read, edited and written.</summary>
/// <remarks>
/// In: the bytes of a file. Out: <see cref="Graph"/> to edit, and bytes again; the same model always gives the same bytes, and fields this room does not know come back as they were.
/// Memory is about twice the file. A file with external data, a cycle, or two nodes that give one value is refused.
/// Example: <c>var model = OnnxModel.Load(bytes, "model.onnx"); model.Graph.Rename("output", "boxes"); var changed = model.Save();</c>
/// One thread at a time.
/// </remarks>
public sealed class OnnxModel
{
    private const string StandardDomain = "";
    private const int IrWithFreeInitializers = 4, IrOfNewModels = 8;

    private OnnxModel(ModelProto proto, string name)
    {
        Proto = proto;
        Name = name;
        Graph = new OnnxGraph(proto.Graph, name);
    }

    /// <summary>What messages call it: the file it came from.</summary>
    public string Name { get; }

    /// <summary>The whole message, for what has no member here (producer, metadata).</summary>
    public ModelProto Proto { get; }

    public OnnxGraph Graph { get; }

    /// <summary>The version of the standard operators that the nodes are written in; 1 where the file does not say.</summary>
    public int Opset => (int)(StandardOperators?.Version ?? 1);

    private OperatorSetIdProto? StandardOperators => Proto.OpsetImport.FirstOrDefault(set => set.Domain is StandardDomain or "ai.onnx");

    /// <param name="onnx">The file's bytes; not kept.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="limits">Default: those of <see cref="GraphLimits"/>.</param>
    /// <exception cref="OnnxException">Not an ONNX model, cut short, beyond a limit, or broken in a way that ONNX forbids.</exception>
    public static OnnxModel Load(byte[] onnx, string name, GraphLimits? limits = null)
    {
        limits ??= new GraphLimits();
        var model = new OnnxModel(Parse(onnx, name, limits), name);
        GraphRules.Check(model.Proto, name, limits);
        model.Graph.TopologicalOrder();
        return model;
    }

    /// <summary>A model without nodes, to be filled; not valid before it has an output.</summary>
    public static OnnxModel New(string name, int opset)
    {
        var model = new OnnxModel(new ModelProto { IrVersion = IrOfNewModels, ProducerName = "EdgeVision", Graph = new GraphProto { Name = name } }, name);
        model.RaiseOpset(opset);
        return model;
    }

    /// <summary>The model as a file. Nodes are written so that each stands after those it reads from; beyond that their order is kept.</summary>
    /// <exception cref="OnnxException">An edit left a cycle, a value that two nodes give, or one that none gives.</exception>
    public byte[] Save()
    {
        Graph.Sort();
        GraphRules.Check(Proto, Name, new GraphLimits(int.MaxValue, int.MaxValue));
        return Proto.ToByteArray();
    }

    /// <summary>Says that the nodes are written in a later version of the standard operators. The nodes themselves are left as they are.</summary>
    public void RaiseOpset(int version)
    {
        if (StandardOperators is { } known)
        {
            known.Version = Math.Max(known.Version, version);
            return;
        }

        Proto.OpsetImport.Add(new OperatorSetIdProto { Domain = StandardDomain, Version = version });
    }

    /// <summary>Takes initializers out of the inputs, where files before IR version 4 had to list them: what can be given anew at every run is never folded or fused.</summary>
    /// <returns>How many were taken out.</returns>
    public int InitializersOutOfInputs()
    {
        var given = Graph.Inputs.ToArray();
        var removed = Graph.Proto.Input.Count - given.Length;
        Graph.Proto.Input.Clear();
        Graph.Proto.Input.AddRange(given);
        Proto.IrVersion = Math.Max(Proto.IrVersion, IrWithFreeInitializers);
        Graph.Touch();
        return removed;
    }

    private static ModelProto Parse(byte[] onnx, string name, GraphLimits limits)
    {
        if (onnx.Length == 0 || onnx.Length > limits.MaxBytes)
        {
            throw new OnnxException(onnx.Length == 0
                ? $"{name} is empty: export or copy the network again."
                : $"{name} has {onnx.Length} bytes, {limits.MaxBytes} are allowed: use a smaller network, or raise the limit.");
        }

        try
        {
            using var content = new MemoryStream(onnx, writable: false);
            using var input = CodedInputStream.CreateWithLimits(content, limits.MaxBytes, limits.MaxDepth);
            var proto = ModelProto.Parser.ParseFrom(input);
            return proto.Graph is null ? throw NotOnnx(name, "it holds no graph", null) : proto;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw NotOnnx(name, exception.Message, exception);
        }
    }

    private static OnnxException NotOnnx(string name, string reason, Exception? inner) =>
        new($"{name} is not an ONNX model, or it is cut short ({reason}): export the network again, or copy it again in binary form.", inner);
}
