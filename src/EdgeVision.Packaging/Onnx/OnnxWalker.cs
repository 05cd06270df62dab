namespace EdgeVision.Packaging;

/// <summary>Judges an ONNX file before any parser of C++ sees it, because a model is a program for one.</summary>
/// <remarks>
/// Holds: it is an ONNX network and whole; no weights outside the file, in whatever branch or function they hide; only allowed operator sets and versions, and no operator
/// of another; no training part; no shape larger than its data or the limit; nothing nested deeper than networks are. Reads every field of every message that can hold one of
/// these once, in the file's order, without recursion: time is O(file), memory one fixed block on the stack, no allocation but the verdict. Any thread.
/// Example: a tensor with external_data in the else-branch of node 17 is refused as ExternalData at <c>graph.node[17].attribute[1].g.initializer[0]</c>.
/// </remarks>
public static class OnnxWalker
{
    /// <summary>Fields; the largest networks have some ten thousand. What bounds the time of a file of nothing but small ones.</summary>
    internal const int MaxFields = 4_000_000;

    // Protobuf's own parsers stop at 100. The deepest that is of use: 16 graphs, each three messages below the one around it, and what stands in the last.
    private const int MaxDepth = 64;

    /// <param name="onnx">The whole file.</param>
    /// <param name="limits">See <see cref="OnnxLimits.Of"/>.</param>
    public static OnnxVerdict Check(ReadOnlySpan<byte> onnx, OnnxLimits limits)
    {
        if (onnx.IsEmpty)
        {
            return new OnnxVerdict(OnnxProblem.Parse, "", "is empty: export or copy the network again.", "");
        }

        return new OnnxWalk(onnx, limits, stackalloc OnnxLevel[MaxDepth], stackalloc Range[OnnxDomains.Most]).Run();
    }
}
