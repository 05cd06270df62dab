using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Which output and input channel of a layer each of its weights belongs to.</summary>
/// <remarks>
/// Conv [O, I/groups, kernel], ConvTranspose [I, O/groups, kernel], Gemm and MatMul [I, O], Gemm with transB [O, I].
/// Example: Conv of 4 to 6 channels in 2 groups with 1x1 kernels has weights [6, 2]; weight 7 is row 3, column 1, and joins output 3 with input 1 of the second group, which is input 3.
/// </remarks>
/// <param name="IsInputFirst">The outermost dimension is the input.</param>
/// <param name="Outer">Length of the outermost dimension.</param>
/// <param name="Inner">Length of the next one.</param>
/// <param name="Kernel">Weights for each of both.</param>
/// <param name="Groups">1 = every output reads every input.</param>
internal readonly record struct ChannelLayout(bool IsInputFirst, int Outer, int Inner, int Kernel, int Groups)
{
    public int Outputs => IsInputFirst ? Inner * Groups : Outer;

    public int Inputs => IsInputFirst ? Outer : Inner * Groups;

    /// <summary>Null where the node is no layer with weights, or its weights have another form.</summary>
    public static ChannelLayout? Of(NodeProto node, TensorProto weights)
    {
        int[] dims = [.. weights.Dims.Select(dim => (int)dim)];
        var groups = (int)(node.Attribute("group")?.I ?? 1);
        return (node.OpType, dims.Length) switch
        {
            ("Conv" or "ConvTranspose", > 2) when groups > 0 && dims[0] % groups == 0 =>
                new ChannelLayout(node.OpType == "ConvTranspose", dims[0], dims[1], dims.Skip(2).Aggregate(1, (product, dim) => product * dim), groups),
            ("Gemm", 2) when (node.Attribute("transA")?.I ?? 0) == 0 && (node.Attribute("alpha")?.F ?? 1) == 1 && (node.Attribute("beta")?.F ?? 1) == 1 => new ChannelLayout((node.Attribute("transB")?.I ?? 0) == 0, dims[0], dims[1], 1, 1),
            ("MatMul", 2) => new ChannelLayout(true, dims[0], dims[1], 1, 1),
            _ => null,
        };
    }

    /// <summary>Output and input channel of the weights from <paramref name="block"/> times <see cref="Kernel"/> on.</summary>
    public (int Output, int Input) At(int block)
    {
        var (outer, inner) = (block / Inner, block % Inner);
        var other = (outer / (Outer / Groups) * Inner) + inner;
        return IsInputFirst ? (other, outer) : (outer, other);
    }
}
