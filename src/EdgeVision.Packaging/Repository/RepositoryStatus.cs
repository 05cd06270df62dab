using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>What a person has to know of a repository: who signs, what waits for whom, what expires when, what is released.</summary>
/// <param name="Roles">Root, targets, snapshot, timestamp, then the model families.</param>
/// <param name="Waiting">What every draft needs and has.</param>
/// <param name="Changes">What the drafts change, one sentence each: what a key holder puts his name to.</param>
/// <param name="IsDevelopment">One key alone can replace every other: good for a desk, not for a site.</param>
public sealed record RepositoryStatus(
    IReadOnlyList<RoleStatus> Roles, IReadOnlyList<SignatureNeed> Waiting, IReadOnlyList<string> Changes, IReadOnlyList<RepositoryRelease> Releases, ReleasePolicy Policy, bool IsDevelopment)
{
    private static readonly string[] TopLevel = [RoleNames.Root, RoleNames.Targets, RoleNames.Snapshot, RoleNames.Timestamp];

    /// <summary>Nothing has expired, nothing waits for signatures.</summary>
    public bool IsHealthy => Roles.All(role => role is { IsExpired: false, Version: > 0 }) && Waiting.Count == 0;

    /// <summary>The role that will expire first.</summary>
    public RoleStatus? Next => Roles.Where(role => role.Expires is not null).MinBy(role => role.Expires);

    /// <exception cref="RepositoryException">No repository, or one that lacks a file.</exception>
    /// <exception cref="TufException">Format: a file is damaged.</exception>
    public static RepositoryStatus Read(string directory, TimeProvider time)
    {
        var state = RepositoryState.Read(new RepositoryTree(directory));
        var roles = TopLevel.Concat(state.Families.Select(family => family.Name)).Select(role => Of(state, role, time.GetUtcNow()));
        return new RepositoryStatus(
            [.. roles], Publication.Needs(state), RepositoryChanges.Of(state), state.Releases(), state.Policy, state.LatestRoot.Roles[RoleNames.Root].Threshold == 1);
    }

    private static RoleStatus Of(RepositoryState state, string role, DateTimeOffset now)
    {
        var keys = state.KeysOf(role);
        TufMetadata? published = role switch
        {
            RoleNames.Root => state.Root?.Content,
            RoleNames.Snapshot => state.Snapshot?.Content,
            RoleNames.Timestamp => state.Timestamp?.Content,
            _ => state.Published.GetValueOrDefault(role)?.Content,
        };
        return new RoleStatus(
            role,
            keys.Role.KeyIds.ToDictionary(id => id, id => keys.Keys[id]),
            keys.Role.Threshold,
            published?.Version ?? 0,
            published?.Expires,
            published is null ? 0 : (published.Expires - now).TotalDays,
            published is not null && RoleLifetimes.IsDue(role, published.Expires, now));
    }
}
