using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Makes batches: working pictures, augmented, through the device's own <see cref="ImageToTensor"/>. One for each worker.</summary>
internal sealed class BatchBuilder(PictureStore store, IReadOnlyList<VersionItem> items, BatchOptions options)
{
    // Mixing draws from streams of its own, so that it moves no picture's.
    private const long MixingSeed = 0x6D69_78;

    private readonly bool _isMixable = !store.HasMasks && items.All(item => item.Class >= 0);
    private readonly TensorSpec _spec = store.Spec;
    private readonly ImageToTensor _toTensor = new(store.Spec);
    private readonly WorkingResizer _resizer = new(store.Spec);
    private readonly Sample _sample = new();
    private readonly Sample[] _parts = [.. Enumerable.Range(0, Mosaic.Parts).Select(_ => new Sample())];

    /// <param name="indices">Into the items.</param>
    /// <param name="number">Of the batch within its epoch.</param>
    public void Fill(Batch batch, ReadOnlySpan<int> indices, int epoch, int number)
    {
        batch.Reset(indices.Length);
        for (var i = 0; i < indices.Length; i++)
        {
            Make(indices[i], epoch);
            Write(batch, i);
            batch.Items[i] = indices[i];
            batch.SetLabel(i, items[indices[i]].Class);
        }

        // Neither boxes nor masks can be mixed in shares.
        if (_isMixable)
        {
            options.Policy.Mixing.Apply(batch, RandomStream.For(options.Seed ^ MixingSeed, epoch, number));
        }
    }

    private void Make(int index, int epoch)
    {
        var random = RandomStream.For(options.Seed, epoch, index);
        var policy = options.Policy;
        if (policy.MosaicShare > 0 && random.Chance(policy.MosaicShare))
        {
            Compose(index, random);
        }
        else
        {
            store.Get(index, _resizer).CopyTo(_sample);
        }

        foreach (var step in policy.Steps)
        {
            step.Apply(_sample, random);
        }
    }

    private void Compose(int index, RandomStream random)
    {
        for (var i = 0; i < Mosaic.Parts; i++)
        {
            store.Get(i == 0 ? index : random.Next(items.Count), _resizer).CopyTo(_parts[i]);
        }

        // The picture itself in any of the four places.
        var place = random.Next(Mosaic.Parts);
        (_parts[0], _parts[place]) = (_parts[place], _parts[0]);
        var (x, y) = Mosaic.Point(_spec.Width, _spec.Height, random);
        Mosaic.Compose(_sample, _parts, _spec.Width, _spec.Height, x, y);
    }

    private void Write(Batch batch, int index)
    {
        var letterbox = _toTensor.Convert(_sample.Layout, _sample.Pixels, default, batch.Pixels.Slice(index * _spec.Length, _spec.Length));
        var boxes = batch.Boxes[index];
        boxes.Clear();
        foreach (var box in _sample.Boxes)
        {
            var laid = box with
            {
                X1 = box.X1 * letterbox.ScaleX + letterbox.OffsetX, X2 = box.X2 * letterbox.ScaleX + letterbox.OffsetX,
                Y1 = box.Y1 * letterbox.ScaleY + letterbox.OffsetY, Y2 = box.Y2 * letterbox.ScaleY + letterbox.OffsetY,
            };
            if (BoxGeometry.Visible(laid, _spec.Width, _spec.Height) is { } visible)
            {
                boxes.Add(visible);
            }
        }

        if (batch.HasMasks)
        {
            WriteMask(batch.Masks.Slice(index * _spec.Width * _spec.Height, _spec.Width * _spec.Height), letterbox);
        }
    }

    private void WriteMask(Span<byte> mask, Letterbox letterbox)
    {
        for (var y = 0; y < _spec.Height; y++)
        {
            var fromY = (int)MathF.Floor((y + 0.5f - letterbox.OffsetY) / letterbox.ScaleY);
            for (var x = 0; x < _spec.Width; x++)
            {
                var fromX = (int)MathF.Floor((x + 0.5f - letterbox.OffsetX) / letterbox.ScaleX);
                mask[y * _spec.Width + x] = (uint)fromX < (uint)_sample.Width && (uint)fromY < (uint)_sample.Height ? _sample.Mask[fromY * _sample.Width + fromX] : Batch.NoMask;
            }
        }
    }
}
