using EdgeVision.Onnx.Schema;

namespace EdgeVision.Onnx;

/// <summary>Finds the element type and lengths of every value of a graph without running it.</summary>
/// <remarks>
/// In: a model of the standard operators, opsets 7 to 21, and lengths for inputs that leave some open. Out: a shape for each value that can be told; null for what an unknown operator,
/// a sub-graph or a custom domain gives, and for what follows from it. Never a wrong shape: small tensors of numbers are followed through the graph
/// (Shape, Gather, Concat, Reshape), and what they do not tell stays <see cref="ValueShape.Open"/>.
/// Example: yolox_nano with images [1,3,416,416] gives output [1,3549,85]. Some milliseconds for some hundred nodes; nothing is changed; one thread at a time.
/// </remarks>
public static class ShapeInference
{
    /// <param name="inputShapes">By input name, the lengths it will be given; -1 leaves one as the model says.</param>
    /// <exception cref="OnnxException">Shapes that cannot meet, an attribute of a wrong type, or a hint that contradicts the model. The node is named.</exception>
    public static GraphShapes Infer(OnnxModel model, IReadOnlyDictionary<string, IReadOnlyList<long>>? inputShapes = null)
    {
        var known = new KnownShapes();
        foreach (var tensor in model.Graph.Proto.Initializer)
        {
            known.AddConstant(tensor.Name, tensor);
        }

        foreach (var input in model.Graph.Inputs)
        {
            InputShape.Add(model.Name, input, inputShapes?.GetValueOrDefault(input.Name), known);
        }

        RequireInputs(model, inputShapes);
        foreach (var node in model.Graph.TopologicalOrder())
        {
            Apply(node, model, known);
        }

        return new GraphShapes(known.Shapes);
    }

    private static void Apply(NodeProto node, OnnxModel model, KnownShapes known)
    {
        if (ShapeRules.Find(node) is not { } rule)
        {
            return;
        }

        try
        {
            rule(new ShapeContext(node, model, known));
        }
        catch (ArithmeticException exception)
        {
            throw new OnnxException($"{model.Name}: {OnnxNode.Describe(node)} works with numbers that no tensor has. The file is broken: export it again.", exception);
        }
    }

    private static void RequireInputs(OnnxModel model, IReadOnlyDictionary<string, IReadOnlyList<long>>? inputShapes)
    {
        if (inputShapes?.Keys.FirstOrDefault(name => model.Graph.Inputs.All(input => input.Name != name)) is { } unknown)
        {
            throw new OnnxException($"{model.Name} has no input '{unknown}', only {string.Join(", ", model.Graph.Inputs.Select(input => $"'{input.Name}'"))}. Give lengths for these.");
        }
    }
}
