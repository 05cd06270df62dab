namespace EdgeVision.Packaging;

/// <summary>A broken rule, before anybody knows where; the default is none.</summary>
/// <param name="Reason">Reads on from the place: "graph.node[17] ...".</param>
internal readonly record struct OnnxFault(OnnxProblem Problem, string Reason)
{
    public bool IsNone => Problem == OnnxProblem.None;
}
