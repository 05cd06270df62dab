using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Pictures of a set and what augmentation makes of them, drawn from the very tensors that a network would get: a row each, the first as it is.</summary>
internal static class ContactSheet
{
    private const int Variants = 6;
    private const int Gap = 4;
    private const int MinTile = 160;
    private const int MaxSide = 320;

    /// <param name="side">Of the network's input; 0 = the pictures' own.</param>
    /// <returns>A PNG.</returns>
    public static byte[] Draw(OpenedVersion data, AugmentationPolicy policy, int pictures, int side, long seed, CancellationToken stop = default)
    {
        var items = VersionSubset.Take(data.Version.Items, Math.Min(pictures, data.Version.Items.Count), seed);
        var spec = SpecOf(items, side, data.Version.IsGrey);
        using var sheet = new Sheet(spec, items.Count, Variants, Math.Max(1, MinTile / spec.Width), Gap);
        var options = new BatchOptions { BatchSize = items.Count, Shuffle = false, Seed = seed, Workers = 1, Ahead = 1 };
        for (var column = 0; column < Variants; column++)
        {
            var loader = new BatchLoader(data, items, spec, options with { Policy = column == 0 ? AugmentationPolicy.None : policy });
            foreach (var batch in loader.Epoch(column, stop: stop))
            {
                using (batch)
                {
                    sheet.Add(batch, column, data.Version.Classes);
                }
            }
        }

        return sheet.ToPng(data.Version.Classes);
    }

    private static TensorSpec SpecOf(IReadOnlyList<VersionItem> items, int side, bool isGrey)
    {
        var (width, height) = (items.Max(item => item.Width), items.Max(item => item.Height));
        var shrink = Math.Min(1, (double)MaxSide / Math.Max(width, height));
        return new TensorSpec
        {
            Width = side > 0 ? side : (int)(width * shrink), Height = side > 0 ? side : (int)(height * shrink), Antialias = true, Channels = isGrey ? ChannelOrder.Gray : ChannelOrder.Bgr,
        };
    }
}
