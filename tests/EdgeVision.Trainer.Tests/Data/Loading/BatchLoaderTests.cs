using System.Security.Cryptography;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Tests;

public sealed class BatchLoaderTests : IDisposable
{
    private static readonly TensorSpec _spec = new() { Width = 32, Height = 32, Channels = ChannelOrder.Rgb, Mean = [127.5f, 127.5f, 127.5f], Std = [127.5f, 127.5f, 127.5f] };

    private readonly PictureSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Epoch_AnyNumberOfWorkersAndAnyCache_GivesTheSameBatches()
    {
        using var data = Classes();
        var policy = AugmentationPolicy.Parse("strong");
        var one = Digests(data, new BatchOptions { BatchSize = 8, Policy = policy, Workers = 1 }, epoch: 3);

        Assert.Equal(3, one.Count);
        Assert.Equal(one, Digests(data, new BatchOptions { BatchSize = 8, Policy = policy, Workers = 3, CacheBytes = 0, Ahead = 1 }, epoch: 3));
        Assert.NotEqual(one, Digests(data, new BatchOptions { BatchSize = 8, Policy = policy }, epoch: 4));
        Assert.NotEqual(one, Digests(data, new BatchOptions { BatchSize = 8, Policy = policy, Seed = 2 }, epoch: 3));
    }

    [Fact]
    public void Epoch_WithoutAugmentation_DiffersFromTheDeviceByHalfAGreyLevel()
    {
        using var data = Classes();
        var loader = new BatchLoader(data, data.Version.Items, _spec, new BatchOptions { Shuffle = false });
        using var batch = loader.Epoch(0).Single();
        var device = new float[_spec.Length];

        for (var i = 0; i < batch.Count; i++)
        {
            using var frame = data.OpenPicture(data.Version.Items[i]);
            new ImageToTensor(_spec).Convert(frame, device);
            var worst = batch.Pixels.Slice(i * _spec.Length, _spec.Length).ToArray().Zip(device).Max(pair => MathF.Abs(pair.First - pair.Second));
            Assert.InRange(worst, 0, 0.501f / 127.5f);
        }
    }

    [Fact]
    public void Epoch_EachPictureOnce_WithItsLabel()
    {
        using var data = Classes();
        var loader = new BatchLoader(data, data.Version.Items, _spec, new BatchOptions { BatchSize = 7 });
        var seen = new List<int>();
        foreach (var batch in loader.Epoch(0))
        {
            using (batch)
            {
                seen.AddRange(batch.Items[..batch.Count]);
                Assert.Equal(batch.Items[..batch.Count].Select(item => data.Version.Items[item].Class), batch.Labels[..batch.Count]);
            }
        }

        Assert.Equal(Enumerable.Range(0, 24), seen.Order());
        Assert.NotEqual(seen.Order(), seen);
        Assert.Equal((24, 4), (loader.Report.Pictures, loader.BatchesPerEpoch));
        Assert.Equal(24 * 32 * 21 * 3, loader.Report.CachedBytes); // 96x64 letterboxed into 32x32 is 32x21
    }

    [Fact]
    public void Epoch_TwoRanks_ShareThePicturesAndHaveAsManyBatches()
    {
        using var data = Classes();
        var shares = new[] { 0, 1 }.Select(rank => EpochOrder.Of(data.Version.Items.Count, new BatchOptions { BatchSize = 5, Rank = rank, Ranks = 2 }, 0)).ToArray();

        Assert.Equal(Enumerable.Range(0, 24), shares.SelectMany(share => share.SelectMany(batch => batch)).Order());
        Assert.Equal([5, 5, 2], shares[0].Select(batch => batch.Length));
        Assert.Equal([5, 5, 2], shares[1].Select(batch => batch.Length));
    }

    [Fact]
    public void Epoch_Boxes_LieInPixelsOfTheInput()
    {
        _set.Patterns("images", 0, 1).Text("instances.json", """
            {"categories":[{"id":1,"name":"car"}],"images":[{"id":0,"file_name":"images/0.png"}],"annotations":[{"image_id":0,"category_id":1,"bbox":[30,15,30,30]}]}
            """);
        using var data = Open();
        using var batch = new BatchLoader(data, data.Version.Items, _spec with { Centred = true }, new BatchOptions()).Epoch(0).Single();

        // 96x64 at a third is 32x21, laid 5 pixels down.
        var box = Assert.Single(batch.Boxes[0]);
        Assert.Equal([10, 15f * 21 / 64 + 5, 20, 45f * 21 / 64 + 5], [box.X1, box.Y1, box.X2, box.Y2]);
        Assert.Equal(-1, batch.Labels[0]);
    }

    [Fact]
    public void Epoch_Masks_FollowThePictureAndEndWithIt()
    {
        _set.Patterns("cat", 0, 1).Patterns("dog", 5, 1);
        using var mask = PictureSet.Pattern(0, 96, 64);
        for (var i = 0; i < 96 * 64; i++)
        {
            mask.Pixels.Slice(3 * i, 3).Fill((byte)(i % 96 < 47 ? 255 : i % 96 < 48 ? 200 : 0)); // its edge is soft
        }

        _set.Write("masks/cat/0.png", ImageCodec.EncodePng(mask)).Write("masks/dog/5.png", ImageCodec.EncodePng(mask));
        using var data = Open(new DataWish { Data = _set.Path, Masks = _set.File("masks") });
        using var batch = new BatchLoader(data, data.Version.Items, _spec, new BatchOptions()).Epoch(0).Single();

        Assert.Equal([1, 1, 0, 0], new[] { 0, 15, 16, 31 }.Select(x => (int)batch.Masks[20 * 32 + x]));
        Assert.Equal(Batch.NoMask, batch.Masks[21 * 32]);
    }

    [Fact]
    public void Epoch_PictureGoneMeanwhile_SaysWhich()
    {
        using var data = Classes();
        File.Delete(_set.File("dog/25.png"));
        var loader = new BatchLoader(data, data.Version.Items, _spec, new BatchOptions { BatchSize = 4 });

        var error = Assert.Throws<TrainerException>(() => loader.Epoch(0).Sum(batch => batch.Count));

        Assert.Contains("dog/25.png cannot be read any more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Epoch_LeftEarlyOrStopped_EndsAtOnceAndCanBeBegunAgain()
    {
        using var data = Classes();
        var loader = new BatchLoader(data, data.Version.Items, _spec, new BatchOptions { BatchSize = 2, Ahead = 2 });
        using var stopped = new CancellationTokenSource();

        Assert.Equal(2, loader.Epoch(0).First().Count);
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => loader.Epoch(0, stop: stopped.Token).Count());
        Assert.Equal(12, loader.Epoch(0).Count());
        Assert.Equal(9, loader.Epoch(0, first: 3).Count());
    }

    [Fact]
    public void Batch_GivenBackTwice_IsLentOnce()
    {
        var given = 0;
        var batch = new Batch(_spec, 1, 2, back: _ => given++);
        batch.Reset(1);

        batch.Dispose();
        batch.Dispose();

        Assert.Equal(1, given);
    }

    private OpenedVersion Classes()
    {
        _set.Patterns("cat", 0, 12).Patterns("dog", 20, 12);
        return Open();
    }

    private OpenedVersion Open(DataWish? wish = null) => (wish ?? new DataWish { Data = _set.Path }).Open(new FreezeOptions { Name = "test", Shares = new SplitShares(0, 0) }, threads: 2);

    private static List<string> Digests(OpenedVersion data, BatchOptions options, int epoch)
    {
        var digests = new List<string>();
        foreach (var batch in new BatchLoader(data, data.Version.Items, _spec, options).Epoch(epoch))
        {
            using (batch)
            {
                digests.Add(Convert.ToHexString(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(batch.Pixels))) + string.Join(',', batch.SoftLabels.ToArray()));
            }
        }

        return digests;
    }
}
