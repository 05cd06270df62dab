namespace EdgeVision.Packaging;

/// <summary>What the walker says of an ONNX file.</summary>
/// <param name="Problem">None = within all rules.</param>
/// <param name="Place">Where the rule is broken: <c>graph.node[17].attribute[2].g.initializer[0]</c>; empty when all is well.</param>
/// <param name="Reason">The rule and the way out, one sentence each; empty when all is well.</param>
/// <param name="Precision"><c>fp32</c>, <c>fp16</c>, <c>int8</c>, or <c>mixed</c> when no kind has 95 % of the weights.</param>
public sealed record OnnxVerdict(OnnxProblem Problem, string Place, string Reason, string Precision)
{
    public bool IsOk => Problem == OnnxProblem.None;

    /// <summary>As people read it: the file, the place, the reason.</summary>
    public string Describe(string name) => Place.Length == 0 ? $"{name} {Reason}" : $"{name}: {Place} {Reason}";
}
