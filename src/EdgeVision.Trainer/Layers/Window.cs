namespace EdgeVision.Trainer.Layers;

/// <summary>A square window that slides over a map, as convolutions and pools use it: the same in both directions.</summary>
/// <remarks>Example: kernel 3, stride 2, padding 1 over 13 pixels gives (13 + 2 - 3) / 2 + 1 = 7.</remarks>
internal readonly record struct Window(int Kernel, int Stride = 1, int Padding = 0, int Dilation = 1)
{
    public long[] Kernels => [Kernel, Kernel];

    public long[] Strides => [Stride, Stride];

    public long[] Paddings => [Padding, Padding];

    public long[] Dilations => [Dilation, Dilation];

    /// <summary>In ONNX's order: top, left, bottom, right.</summary>
    public long[] Pads => [Padding, Padding, Padding, Padding];

    /// <summary>The smallest odd-kernel window that keeps the size at stride 1.</summary>
    public static Window Same(int kernel, int stride = 1) => new(kernel, stride, kernel / 2);

    /// <summary>Places of the window along a length; what is left over is cut off. 0 or less: it does not fit.</summary>
    public int Places(int length)
    {
        var room = length + 2 * Padding - Dilation * (Kernel - 1) - 1;
        return room < 0 ? 0 : room / Stride + 1;
    }
}
