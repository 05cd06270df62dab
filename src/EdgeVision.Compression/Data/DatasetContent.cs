namespace EdgeVision.Compression;

/// <summary>What a form of data sets was read to, before it is judged.</summary>
/// <param name="Items">All that was found; those whose class is wished away are not kept.</param>
/// <param name="Archive">What must stay open as long as pictures are.</param>
internal sealed record DatasetContent(DatasetKind Kind, IReadOnlyList<DatasetItem> Items, IDisposable? Archive = null)
{
    public IReadOnlyList<DatasetItem> Items { get; } = [.. Items.Where(item => item.Truth.ClassId != ClassLookup.LeftOut)];
}
