using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>The class of every place against a mask: each pixel of the mask is held against the cell that covers it.</summary>
/// <remarks>Pixels of no class of the set are not counted: that is how a mask says that nobody knows.</remarks>
internal sealed class SegmentScorer(DatasetClasses classes) : IPictureScorer
{
    public string Metric => "miou";

    public IReadOnlyDictionary<string, double> Further { get; } = new Dictionary<string, double>();

    /// <exception cref="CompressionException">The mask has another size than its picture.</exception>
    public ItemOutcome Score(DatasetItem item, Frame frame, VisionResult result)
    {
        var (mask, map, count) = (item.Truth.Mask?.Invoke() ?? [], result.ClassMap, classes.Names.Count);
        if (mask.Length != frame.Width * frame.Height)
        {
            throw new CompressionException($"{item.Name} is {frame.Width}x{frame.Height}, and its mask has {mask.Length} pixels: give each picture a mask of its size.");
        }

        var overlap = new SegmentOverlap(count);
        var cells = map.Cells;
        for (var y = 0; y < frame.Height; y++)
        {
            var row = cells.Slice(y * map.Height / frame.Height * map.Width, map.Width);
            for (var x = 0; x < frame.Width; x++)
            {
                overlap.Add(mask[y * frame.Width + x], row[x * map.Width / frame.Width]);
            }
        }

        return new ItemOutcome(item.Name, overlap.Mean, overlap.Words(classes, isTruth: true), overlap.Words(classes, isTruth: false)) { Overlap = overlap };
    }
}
