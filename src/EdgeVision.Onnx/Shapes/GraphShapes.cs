namespace EdgeVision.Onnx;

/// <summary>What <see cref="ShapeInference"/> found out: the shape of each value of the main graph that it could tell.</summary>
public sealed class GraphShapes
{
    private readonly IReadOnlyDictionary<string, ValueShape> _shapes;

    internal GraphShapes(IReadOnlyDictionary<string, ValueShape> shapes) => _shapes = shapes;

    /// <summary>The shape of a value, or null where not even its rank is known.</summary>
    public ValueShape? Of(string value) => _shapes.GetValueOrDefault(value);
}
