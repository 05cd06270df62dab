namespace EdgeVision.Trainer;

/// <summary>Groups of pictures that are nearly the same, found without comparing each with each.</summary>
/// <remarks>
/// Two hashes of 64 bits that differ in at most 7 are equal in one of their eight bytes (multi-index hashing: Norouzi, Punjani, Fleet, Fast Search in Hamming Space, CVPR 2012), so only pictures
/// that share a byte are compared: for 100,000 unlike ones about one pair in 32. A pair counts when its thumbnails agree too, because small pictures of one kind of thing have alike hashes.
/// Groups are chains: of a film each frame is like the next, and all are one group.
/// </remarks>
internal static class NearDuplicates
{
    public const int MaxDistance = 7;

    private const int Bands = MaxDistance + 1;
    private const int BandBits = 8;

    /// <returns>For each picture the first of its group; itself when it is alone or has no look.</returns>
    public static int[] Find(IReadOnlyList<PictureLook?> looks, CancellationToken stop = default)
    {
        var groups = new DisjointSets(looks.Count);
        var known = Enumerable.Range(0, looks.Count).Where(i => looks[i] is not null).ToArray();
        for (var band = 0; band < Bands; band++)
        {
            var shift = band * BandBits;
            foreach (var bucket in known.GroupBy(i => looks[i]!.Hash >> shift & ((1 << BandBits) - 1)))
            {
                Compare([.. bucket], looks, groups, stop);
            }
        }

        return [.. Enumerable.Range(0, looks.Count).Select(groups.First)];
    }

    private static void Compare(int[] bucket, IReadOnlyList<PictureLook?> looks, DisjointSets groups, CancellationToken stop)
    {
        var hashes = Array.ConvertAll(bucket, i => looks[i]!.Hash);
        for (var a = 0; a < bucket.Length; a++)
        {
            stop.ThrowIfCancellationRequested();
            for (var b = a + 1; b < bucket.Length; b++)
            {
                if (ulong.PopCount(hashes[a] ^ hashes[b]) <= MaxDistance && !groups.AreOne(bucket[a], bucket[b]) && looks[bucket[a]]!.IsLike(looks[bucket[b]]!))
                {
                    groups.Join(bucket[a], bucket[b]);
                }
            }
        }
    }
}
