namespace EdgeVision.Trainer.Layers;

/// <summary>One value of a network without its batch: a map [channels, height, width], a table [rows, values], or a row of features [n].</summary>
/// <param name="Channels">Of a table its rows, of a row its features.</param>
/// <param name="Height">Of a table the values of each row.</param>
/// <param name="Rank">How many of the lengths count, 1 to 3; the others are 1.</param>
internal readonly record struct LayerShape(int Channels, int Height, int Width, int Rank)
{
    public static LayerShape Map(int channels, int height, int width) => new(channels, height, width, 3);

    public static LayerShape Table(int rows, int values) => new(rows, values, 1, 2);

    public static LayerShape Row(int features) => new(features, 1, 1, 1);

    public bool IsMap => Rank == 3;

    public bool IsRow => Rank == 1;

    /// <summary>Values of one sample.</summary>
    public int Count => Channels * Height * Width;

    /// <summary>With a batch in front.</summary>
    public long[] WithBatch(long batch) => [batch, .. ((long[])[Channels, Height, Width])[..Rank]];

    public override string ToString() => $"[{string.Join(", ", ((int[])[Channels, Height, Width])[..Rank])}]";
}
