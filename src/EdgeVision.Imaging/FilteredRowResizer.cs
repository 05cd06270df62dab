using System.Runtime.Intrinsics;

namespace EdgeVision.Imaging;

/// <summary>Rows of a picture that is shrunk without aliasing: source rows are summed by weight, then columns, then turned into blue, green, red.</summary>
/// <remarks>Made for one <see cref="ResizePlan"/> with <see cref="TensorSpec.Antialias"/>; owns its row buffers, allocates nothing per row. One thread at a time.</remarks>
internal sealed class FilteredRowResizer
{
    private readonly ResizePlan _plan;
    private readonly ResizeFilter _columns;
    private readonly ResizeFilter _chromaColumns;
    private readonly ResizeFilter _rows;
    private readonly ResizeFilter _chromaRows;
    private readonly float[] _first;
    private readonly float[] _second;
    private readonly float[] _packed;

    public FilteredRowResizer(ResizePlan plan)
    {
        var format = plan.Layout.Format;
        _plan = plan;
        _columns = plan.ColumnFilter();
        _rows = plan.RowFilter();
        _chromaColumns = ResizePlan.IsYuv(format) ? plan.ColumnFilter(subsampling: 2) : _columns;
        _chromaRows = format is PixelFormat.Nv12 or PixelFormat.I420 ? plan.RowFilter(subsampling: 2) : _rows;
        // Beyond the last pixel lie zeros, because weights that are 0 read them.
        var slack = 3 * (Math.Max(_columns.Stride, _chromaColumns.Stride) + Vector128<float>.Count);
        _first = new float[plan.Layout.Width * (ResizePlan.IsYuv(format) || format == PixelFormat.Gray8 ? 1 : 3) + slack];
        _second = new float[ResizePlan.IsYuv(format) ? plan.Layout.Width + slack : 0];
        _packed = new float[format == PixelFormat.Yuyv ? plan.Layout.RowBytes : 0];
    }

    public void Resize(ReadOnlySpan<byte> pixels, YuvColor color, int row, PixelRow output)
    {
        switch (_plan.Layout.Format)
        {
            case PixelFormat.Bgr24:
                SumRows(pixels, row);
                ColumnFilter.SumThree(_first, _columns, output.Blue, output.Green, output.Red);
                break;
            case PixelFormat.Rgb24:
                SumRows(pixels, row);
                ColumnFilter.SumThree(_first, _columns, output.Red, output.Green, output.Blue);
                break;
            case PixelFormat.Gray8:
                SumRows(pixels, row);
                ColumnFilter.SumOne(_first, _columns, output.Blue);
                output.Blue.CopyTo(output.Green);
                output.Blue.CopyTo(output.Red);
                break;
            default:
                ResizeYuv(pixels, row, output);
                YuvToBgr.Convert(output, YuvMatrix.For(color));
                break;
        }
    }

    private void ResizeYuv(ReadOnlySpan<byte> pixels, int row, PixelRow output)
    {
        switch (_plan.Layout.Format)
        {
            case PixelFormat.Nv12:
                SumRows(pixels, row);
                SumChroma(pixels, 0, _plan.Layout.Stride, _plan.Layout.Width, row);
                ColumnFilter.SumTwo(_second, _chromaColumns, output.Blue, output.Red);
                break;
            case PixelFormat.I420:
                SumRows(pixels, row);
                SumPlanes(pixels, row, output);
                break;
            default:
                SumPacked(pixels, row);
                ColumnFilter.SumTwo(_second, _chromaColumns, output.Blue, output.Red);
                break;
        }

        ColumnFilter.SumOne(_first, _columns, output.Green);
    }

    private void SumRows(ReadOnlySpan<byte> pixels, int row)
    {
        var layout = _plan.Layout;
        RowBlender.Sum(pixels[(_rows.Index[row] * layout.Stride)..], layout.Stride, layout.RowBytes, _rows.WeightsOf(row), _first);
    }

    /// <param name="pixels">The whole picture.</param>
    /// <param name="offset">Bytes from the end of the luma plane.</param>
    /// <param name="stride">Of the chroma plane.</param>
    /// <param name="bytes">In a row of it.</param>
    /// <param name="row">Output row.</param>
    private void SumChroma(ReadOnlySpan<byte> pixels, int offset, int stride, int bytes, int row)
    {
        var start = _plan.Layout.Stride * _plan.Layout.Height + offset + _chromaRows.Index[row] * stride;
        RowBlender.Sum(pixels[start..], stride, bytes, _chromaRows.WeightsOf(row), _second);
    }

    private void SumPlanes(ReadOnlySpan<byte> pixels, int row, PixelRow output)
    {
        var (stride, half) = (_plan.Layout.Stride / 2, _plan.Layout.Width / 2);
        SumChroma(pixels, 0, stride, half, row);
        ColumnFilter.SumOne(_second, _chromaColumns, output.Blue);
        SumChroma(pixels, stride * (_plan.Layout.Height / 2), stride, half, row);
        ColumnFilter.SumOne(_second, _chromaColumns, output.Red);
    }

    private void SumPacked(ReadOnlySpan<byte> pixels, int row)
    {
        var layout = _plan.Layout;
        RowBlender.Sum(pixels[(_rows.Index[row] * layout.Stride)..], layout.Stride, layout.RowBytes, _rows.WeightsOf(row), _packed);
        for (var i = 0; i < layout.Width; i++)
        {
            _first[i] = _packed[2 * i];
            _second[i] = _packed[2 * i + 1];
        }
    }
}
