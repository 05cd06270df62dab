namespace EdgeVision.Imaging;

/// <summary>Everything about one picture geometry and one model input that does not change from frame to frame.</summary>
internal sealed class ResizePlan
{
    private readonly int _resizedWidth;
    private readonly int _resizedHeight;
    private readonly int _firstX;
    private readonly int _firstY;

    public ResizePlan(ImageLayout layout, TensorSpec spec)
    {
        Layout = layout;
        Letterbox = Letterbox.Fit(layout.Width, layout.Height, spec);
        Left = spec.Resize == ResizeMode.Letterbox ? (int)Letterbox.OffsetX : 0;
        Top = spec.Resize == ResizeMode.Letterbox ? (int)Letterbox.OffsetY : 0;
        Width = Letterbox.UsedWidth;
        Height = Letterbox.UsedHeight;
        var crop = spec.Resize == ResizeMode.CentreCrop;
        _resizedWidth = crop ? (int)MathF.Round(layout.Width * Letterbox.ScaleX) : Width;
        _resizedHeight = crop ? (int)MathF.Round(layout.Height * Letterbox.ScaleY) : Height;
        _firstX = crop ? -(int)Letterbox.OffsetX : 0;
        _firstY = crop ? -(int)Letterbox.OffsetY : 0;
        IsFiltered = spec.Antialias && (_resizedWidth < layout.Width || _resizedHeight < layout.Height);
        Columns = ResizeAxis.Create(layout.Width, _resizedWidth, _firstX, Width);
        Rows = ResizeAxis.Create(layout.Height, _resizedHeight, _firstY, Height);
        if (IsYuv(layout.Format))
        {
            ChromaColumns = ResizeAxis.Create(layout.Width, _resizedWidth, _firstX, Width, subsampling: 2);
            // 4:2:2 has a row of chroma for each row of luma
            ChromaRows = layout.Format == PixelFormat.Yuyv ? Rows : ResizeAxis.Create(layout.Height, _resizedHeight, _firstY, Height, subsampling: 2);
        }
    }

    public ImageLayout Layout { get; }

    public Letterbox Letterbox { get; }

    /// <summary>The part of the tensor that holds picture; the rest is padding.</summary>
    public int Left { get; }

    public int Top { get; }

    public int Width { get; }

    public int Height { get; }

    public ResizeAxis Columns { get; }

    public ResizeAxis Rows { get; }

    public ResizeAxis? ChromaColumns { get; }

    public ResizeAxis? ChromaRows { get; }

    /// <summary>Whether all covered pixels are mixed: wished for, and the picture is shrunk on some axis (otherwise both ways are the same).</summary>
    public bool IsFiltered { get; }

    public ResizeFilter ColumnFilter(int subsampling = 1) => ResizeFilter.Create(Layout.Width, _resizedWidth, _firstX, Width, subsampling);

    public ResizeFilter RowFilter(int subsampling = 1) => ResizeFilter.Create(Layout.Height, _resizedHeight, _firstY, Height, subsampling);

    public static bool IsYuv(PixelFormat format) => format is PixelFormat.Nv12 or PixelFormat.I420 or PixelFormat.Yuyv;
}
