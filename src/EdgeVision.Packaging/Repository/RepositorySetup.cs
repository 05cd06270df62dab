using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>Whose keys a new repository begins with.</summary>
/// <param name="Root">Offline, one holder each; they can replace every other key.</param>
/// <param name="RootThreshold">How many of them must sign. 2 of 3: one may be lost, one may be stolen.</param>
/// <param name="Targets">Whoever decides what is released; also the first keys of every model family.</param>
/// <param name="TargetsThreshold">2 of 2 in production (trainer and release engineer), 1 in development.</param>
/// <param name="Online">For snapshot and timestamp; any one of them signs. On the machine that renews them.</param>
public sealed record RepositorySetup(IReadOnlyList<TufKey> Root, int RootThreshold, IReadOnlyList<TufKey> Targets, int TargetsThreshold, IReadOnlyList<TufKey> Online)
{
    /// <exception cref="RepositoryException">A threshold that its keys cannot meet, or one key in two hands.</exception>
    internal RootMetadata ToRoot(DateTimeOffset now)
    {
        RequireThreshold(RoleNames.Root, Root, RootThreshold);
        RequireThreshold(RoleNames.Targets, Targets, TargetsThreshold);
        RequireThreshold("snapshot and timestamp", Online, 1);
        var online = RoleOf(Online, 1);
        return new RootMetadata(
            1,
            now + RoleLifetimes.Of(RoleNames.Root),
            ConsistentSnapshot: true,
            Root.Concat(Targets).Concat(Online).DistinctBy(key => key.Id).ToDictionary(key => key.Id),
            new Dictionary<string, TufRole>
            {
                [RoleNames.Root] = RoleOf(Root, RootThreshold),
                [RoleNames.Targets] = RoleOf(Targets, TargetsThreshold),
                [RoleNames.Snapshot] = online,
                [RoleNames.Timestamp] = online,
            });
    }

    internal static TufRole RoleOf(IEnumerable<TufKey> keys, int threshold) => new([.. keys.Select(key => key.Id)], threshold);

    internal static void RequireThreshold(string role, IReadOnlyList<TufKey> keys, int threshold)
    {
        var different = keys.Select(key => key.Id).Distinct().Count();
        if (different != keys.Count)
        {
            throw new RepositoryException($"{role}: the same key is given twice, but a threshold counts different keys. Give another one.");
        }

        if (threshold < 1 || threshold > different)
        {
            throw new RepositoryException($"{role}: {threshold} of {different} keys would have to sign. Give more keys, or a threshold from 1 to {different}.");
        }
    }
}
