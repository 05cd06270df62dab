namespace EdgeVision.Imaging;

/// <summary>One output row of a resized picture as blue, green and red, whatever the picture's format and the way of mixing.</summary>
/// <remarks>A branch and not a virtual call, because the runtime's profiler of virtual calls allocates on the frame thread. One thread at a time.</remarks>
internal sealed class RowResizer
{
    private readonly LinearRowResizer? _linear;
    private readonly FilteredRowResizer? _filtered;

    public RowResizer(ResizePlan plan)
    {
        _filtered = plan.IsFiltered ? new FilteredRowResizer(plan) : null;
        _linear = plan.IsFiltered ? null : new LinearRowResizer(plan);
    }

    /// <param name="pixels">The whole picture.</param>
    /// <param name="color">For the YUV formats.</param>
    /// <param name="row">Output row, from the first that holds picture.</param>
    /// <param name="output">Receives the row.</param>
    public void Resize(ReadOnlySpan<byte> pixels, YuvColor color, int row, PixelRow output)
    {
        if (_filtered is not null)
        {
            _filtered.Resize(pixels, color, row, output);
        }
        else
        {
            _linear!.Resize(pixels, color, row, output);
        }
    }
}
