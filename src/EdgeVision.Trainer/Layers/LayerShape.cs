namespace EdgeVision.Trainer.Layers;

/// <summary>One value of a network without its batch: a map [channels, height, width], or a row of features [n].</summary>
internal readonly record struct LayerShape(int Channels, int Height, int Width, bool IsRow)
{
    public static LayerShape Map(int channels, int height, int width) => new(channels, height, width, IsRow: false);

    public static LayerShape Row(int features) => new(features, 1, 1, IsRow: true);

    /// <summary>Values of one sample.</summary>
    public int Count => Channels * Height * Width;

    /// <summary>With a batch in front.</summary>
    public long[] WithBatch(long batch) => IsRow ? [batch, Channels] : [batch, Channels, Height, Width];

    public override string ToString() => IsRow ? $"[{Channels}]" : $"[{Channels}, {Height}, {Width}]";
}
