namespace EdgeVision.Onnx;

/// <summary>How far a window slides: kernel, strides, dilations and pads of convolutions and pools, along each spatial axis.</summary>
/// <remarks>416 with a kernel of 3, stride 2, pads 1 and 1 gives (416 + 2 - 3) / 2 + 1 = 208.</remarks>
internal sealed class Windows
{
    private readonly ShapeContext _node;
    private readonly long[] _kernel;
    private readonly long[] _strides;
    private readonly long[] _dilations;
    private readonly long[] _pads;
    private readonly string _autoPad;

    public Windows(ShapeContext node, long[] kernel)
    {
        _node = node;
        _kernel = kernel;
        _autoPad = node.Attributes.Text("auto_pad", "NOTSET");
        _strides = PerAxis("strides", 1);
        _dilations = PerAxis("dilations", 1);
        _pads = node.Attributes.Ints("pads") is { } pads && _autoPad == "NOTSET" ? Require("pads", pads, 2 * kernel.Length) : new long[2 * kernel.Length];
        if (kernel.Any(length => length is 0 or < ValueShape.Open) || _strides.Concat(_dilations).Any(step => step < 1))
        {
            throw node.Fail("has a kernel, stride or dilation below 1");
        }
    }

    public int Axes => _kernel.Length;

    /// <summary>The length that is left of one spatial axis.</summary>
    public long Slide(long length, int axis, bool ceil = false)
    {
        if (length < 0 || _kernel[axis] < 0)
        {
            return length >= 0 && IsSame ? DivideUp(length, _strides[axis]) : ValueShape.Open;
        }

        if (IsSame)
        {
            return DivideUp(length, _strides[axis]);
        }

        var room = length + PadsOf(axis) - Reach(axis);
        if (room < 0)
        {
            throw _node.Fail($"slides a window of {Reach(axis)} over {length + PadsOf(axis)}, which is shorter");
        }

        var steps = ceil ? DivideUp(room, _strides[axis]) : room / _strides[axis];

        // A last window that would begin in the padding behind is none.
        return ceil && steps * _strides[axis] >= length + _pads[axis] ? steps : steps + 1;
    }

    /// <summary>The length that one spatial axis grows to, the inverse of <see cref="Slide"/>.</summary>
    public long Grow(long length, int axis, long outputPadding) =>
        length < 0 || _kernel[axis] < 0 ? ValueShape.Open
        : IsSame ? length * _strides[axis]
        : (length - 1) * _strides[axis] + outputPadding + Reach(axis) - PadsOf(axis);

    public long[] PerAxis(string attribute, long otherwise) =>
        _node.Attributes.Ints(attribute) is { } given ? Require(attribute, given, Axes) : [.. Enumerable.Repeat(otherwise, Axes)];

    private bool IsSame => _autoPad is "SAME_UPPER" or "SAME_LOWER";

    private long Reach(int axis) => (_kernel[axis] - 1) * _dilations[axis] + 1;

    private long PadsOf(int axis) => _pads[axis] + _pads[axis + Axes];

    private static long DivideUp(long length, long step) => (length + step - 1) / step;

    private long[] Require(string attribute, long[] given, int count) =>
        given.Length == count ? given : throw _node.Fail($"has {given.Length} {attribute}, {count} are needed for {Axes} spatial axes");
}
