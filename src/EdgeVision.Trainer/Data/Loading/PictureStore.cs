using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Pictures of a set at working size, each decoded once as long as there is memory.</summary>
/// <remarks>
/// What finds no room is decoded anew each time and nothing is thrown out for it: an epoch asks for each picture once in a new order, so any other rule would throw out what is needed next.
/// Example: 60,000 grey pictures of 28x28 are 47 MB; 10,000 of 416x234 in colour are 2.9 GB. Any thread.
/// </remarks>
internal sealed class PictureStore(OpenedVersion data, IReadOnlyList<VersionItem> items, TensorSpec spec, long budget)
{
    private readonly WorkingPicture?[] _pictures = new WorkingPicture?[items.Count];
    private long _held;

    public TensorSpec Spec => spec;

    public bool HasMasks { get; } = items.Any(item => item.MaskSha256 is not null);

    /// <summary>Bytes of pictures that are held.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <param name="resizer">The caller's own.</param>
    /// <exception cref="TrainerException">The picture is gone, changed, or cannot be read any more.</exception>
    public WorkingPicture Get(int index, WorkingResizer resizer)
    {
        if (Volatile.Read(ref _pictures[index]) is { } held)
        {
            return held;
        }

        var picture = Load(items[index], resizer);
        if (Interlocked.Add(ref _held, picture.Bytes) > budget || Interlocked.CompareExchange(ref _pictures[index], picture, null) is not null)
        {
            Interlocked.Add(ref _held, -picture.Bytes);
        }

        return picture;
    }

    private WorkingPicture Load(VersionItem item, WorkingResizer resizer)
    {
        using var frame = data.OpenPicture(item);
        var mask = data.OpenMask(item);
        if (HasMasks && mask is null)
        {
            throw new TrainerException($"{data.Version.Name}: {item.Name} has no mask, others have. Give each picture one, an empty one where there is nothing, and freeze the set again.");
        }

        return resizer.Resize(frame, mask, item.Boxes ?? []);
    }
}
