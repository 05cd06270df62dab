using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>How a role stands.</summary>
/// <param name="Role">Its name.</param>
/// <param name="Keys">Who may sign, by key id.</param>
/// <param name="Threshold">How many of them must.</param>
/// <param name="Version">What clients see; 0 for nothing yet.</param>
/// <param name="Expires">Null for nothing yet.</param>
/// <param name="DaysLeft">Negative when it has expired.</param>
/// <param name="IsDue">Its time is running out.</param>
public sealed record RoleStatus(string Role, IReadOnlyDictionary<string, TufKey> Keys, int Threshold, long Version, DateTimeOffset? Expires, double DaysLeft, bool IsDue)
{
    public bool IsExpired => Expires is not null && DaysLeft <= 0;
}
