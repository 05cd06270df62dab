using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeVision.Imaging;

/// <summary>One output row of a resized picture, whatever its pixel format: blended from two source rows, sampled, and turned into blue, green, red.</summary>
/// <remarks>Made for one <see cref="ResizePlan"/>; owns its row buffers, allocates nothing per row. One thread at a time.</remarks>
internal sealed class LinearRowResizer
{
    private readonly ResizePlan _plan;
    private readonly bool _samplesPairs;
    private readonly float[] _blended;
    private readonly float[] _chroma;
    private readonly float[] _planes;
    private readonly byte[] _unpacked;

    public LinearRowResizer(ResizePlan plan)
    {
        _plan = plan;
        _samplesPairs = PairSampler.IsSupported && plan.Layout.Width > 1 && plan.Columns.Index.Length < plan.Layout.Width;
        var width = plan.Layout.Width;
        var yuv = ResizePlan.IsYuv(plan.Layout.Format);
        _blended = new float[width * (plan.Layout.Format is PixelFormat.Bgr24 or PixelFormat.Rgb24 ? 3 : 1) + ColumnSampler.Slack];
        _chroma = new float[yuv ? width + ColumnSampler.Slack : 0];
        _planes = new float[plan.Layout.Format == PixelFormat.I420 ? width : 0];
        _unpacked = new byte[plan.Layout.Format == PixelFormat.Yuyv ? width * 4 : 0];
    }

    public void Resize(ReadOnlySpan<byte> pixels, YuvColor color, int row, PixelRow output)
    {
        switch (_plan.Layout.Format)
        {
            case PixelFormat.Bgr24:
                ResizeThree(pixels, row, output.Blue, output.Green, output.Red);
                break;
            case PixelFormat.Rgb24:
                ResizeThree(pixels, row, output.Red, output.Green, output.Blue);
                break;
            case PixelFormat.Gray8:
                BlendRows(pixels, 0, _plan.Layout.Stride, _plan.Layout.RowBytes, _plan.Rows, row, _blended);
                ColumnSampler.SampleOne(_blended, _plan.Columns, output.Blue);
                output.Blue.CopyTo(output.Green);
                output.Blue.CopyTo(output.Red);
                break;
            default:
                ResizeYuv(pixels, color, row, output);
                break;
        }
    }

    private void ResizeThree(ReadOnlySpan<byte> pixels, int row, Span<float> first, Span<float> second, Span<float> third)
    {
        var (stride, bytes, top, weight) = (_plan.Layout.Stride, _plan.Layout.RowBytes, _plan.Rows.Index[row], _plan.Rows.Weight[row]);
        var bottom = weight == 0 ? top : top + 1;
        // The last row of the picture may end where its memory ends: it is blended from within its bounds.
        if (_samplesPairs && bottom * stride + bytes + PairSampler.Slack <= pixels.Length)
        {
            ref var start = ref MemoryMarshal.GetReference(pixels);
            PairSampler.Sample(ref Unsafe.Add(ref start, top * stride), ref Unsafe.Add(ref start, bottom * stride), weight, _plan.Columns, first, second, third);
            return;
        }

        BlendRows(pixels, 0, stride, bytes, _plan.Rows, row, _blended);
        ColumnSampler.SampleThree(_blended, _plan.Columns, first, second, third);
    }

    private void ResizeYuv(ReadOnlySpan<byte> pixels, YuvColor color, int row, PixelRow output)
    {
        var layout = _plan.Layout;
        var lumaBytes = layout.Stride * layout.Height;
        switch (layout.Format)
        {
            case PixelFormat.Nv12:
                BlendRows(pixels, 0, layout.Stride, layout.Width, _plan.Rows, row, _blended);
                BlendRows(pixels, lumaBytes, layout.Stride, layout.Width, _plan.ChromaRows!, row, _chroma);
                break;
            case PixelFormat.I420:
                BlendRows(pixels, 0, layout.Stride, layout.Width, _plan.Rows, row, _blended);
                BlendChromaPlanes(pixels, lumaBytes, row);
                break;
            default:
                BlendPacked(pixels, row);
                break;
        }

        ColumnSampler.SampleOne(_blended, _plan.Columns, output.Green);
        ColumnSampler.SampleTwo(_chroma, _plan.ChromaColumns!, output.Blue, output.Red);
        YuvToBgr.Convert(output, YuvMatrix.For(color));
    }

    private static void BlendRows(ReadOnlySpan<byte> pixels, int offset, int stride, int bytes, ResizeAxis rows, int row, Span<float> destination)
    {
        var top = rows.Index[row];
        var weight = rows.Weight[row];
        // The last row has no next one; its weight is 0 there, or the picture is one row high.
        var bottom = weight == 0 ? top : top + 1;
        RowBlender.Blend(pixels.Slice(offset + top * stride, bytes), pixels.Slice(offset + bottom * stride, bytes), weight, destination);
    }

    private void BlendChromaPlanes(ReadOnlySpan<byte> pixels, int offset, int row)
    {
        var (stride, half) = (_plan.Layout.Stride / 2, _plan.Layout.Width / 2);
        var u = _planes.AsSpan(0, half);
        var v = _planes.AsSpan(half, half);
        BlendRows(pixels, offset, stride, half, _plan.ChromaRows!, row, u);
        BlendRows(pixels, offset + stride * (_plan.Layout.Height / 2), stride, half, _plan.ChromaRows!, row, v);
        for (var i = 0; i < half; i++)
        {
            _chroma[2 * i] = u[i];
            _chroma[2 * i + 1] = v[i];
        }
    }

    private void BlendPacked(ReadOnlySpan<byte> pixels, int row)
    {
        var width = _plan.Layout.Width;
        var rows = _plan.Rows;
        var top = rows.Index[row];
        var bottom = rows.Weight[row] == 0 ? top : top + 1;
        var topLuma = _unpacked.AsSpan(0, width);
        var topChroma = _unpacked.AsSpan(width, width);
        var bottomLuma = _unpacked.AsSpan(2 * width, width);
        var bottomChroma = _unpacked.AsSpan(3 * width, width);
        Unpack(pixels.Slice(top * _plan.Layout.Stride, width * 2), topLuma, topChroma);
        Unpack(pixels.Slice(bottom * _plan.Layout.Stride, width * 2), bottomLuma, bottomChroma);
        RowBlender.Blend(topLuma, bottomLuma, rows.Weight[row], _blended);
        RowBlender.Blend(topChroma, bottomChroma, rows.Weight[row], _chroma);
    }

    private static void Unpack(ReadOnlySpan<byte> yuyv, Span<byte> luma, Span<byte> chroma)
    {
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] = yuyv[2 * i];
            chroma[i] = yuyv[2 * i + 1];
        }
    }
}
