using System.Globalization;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Workbench;

/// <summary>A repository in lines for people.</summary>
internal static class RepoText
{
    public static string Of(SignatureNeed need) => need.IsMet
        ? $"{need.Role} {need.Version}: {need.Signed.Count} of {need.Threshold} signatures of {need.By}"
        : $"{need.Role} {need.Version}: {need.Signed.Count} of {need.Threshold} signatures of {need.By}; may still sign: {string.Join(", ", need.Missing.Select(Short))}";

    public static IEnumerable<string> Of(RepositoryStatus status)
    {
        if (status.IsDevelopment)
        {
            yield return "DEVELOPMENT REPOSITORY: one key alone can replace every other. For a site: edgevision repo rotate DIR root --add ... --threshold 2";
        }

        foreach (var role in status.Roles)
        {
            yield return $"{role.Role,-20} {(role.Version == 0 ? "not published" : $"version {role.Version}"),-14} {role.Threshold} of {role.Keys.Count} keys ({string.Join(", ", role.Keys.Keys.Select(Short))})  {Expiry(role)}";
        }

        foreach (var release in status.Releases)
        {
            yield return $"release {release.Model} {release.Version}, counter {release.Counter}{(release.IsPublished ? "" : ", waits for signatures")}{(release.IsRevoked ? ", REVOKED" : "")}";
        }

        foreach (var floor in status.Policy.Floors)
        {
            yield return $"floor   {floor.Key}: counter {floor.Value}";
        }

        foreach (var line in Waiting(status))
        {
            yield return line;
        }

        if (status.Next is { } next)
        {
            yield return $"next to expire: {next.Role}, {Expiry(next)}";
        }
    }

    public static string Short(string keyId) => keyId[..12];

    private static IEnumerable<string> Waiting(RepositoryStatus status) =>
        status.Changes.Select(change => $"draft   {change}").Concat(status.Waiting.Select(need => $"waits   {Of(need)}"));

    private static string Expiry(RoleStatus role) => role.Expires is not { } expires ? "" : role.IsExpired
        ? string.Create(CultureInfo.InvariantCulture, $"EXPIRED {expires:yyyy-MM-dd}, {-role.DaysLeft:0.0} days ago")
        : string.Create(CultureInfo.InvariantCulture, $"expires {expires:yyyy-MM-dd}, in {role.DaysLeft:0.0} days{(role.IsDue ? ": RENEW" : "")}");
}
