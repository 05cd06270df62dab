using System.Security.Cryptography;
using System.Text;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Provisioning;

/// <summary>Who may provision itself: one device, or a group of them.</summary>
/// <param name="Id">Registration id of the one device in lower case, or the name of the group.</param>
/// <param name="IsGroup">Whether it stands for any number of devices.</param>
/// <param name="Enabled">A disabled one lets nobody in.</param>
/// <param name="DeviceId">The name that the device gets; empty for its registration id.</param>
/// <param name="Credentials">
/// Of one device: its keys or thumbprints. Of a group: the keys that the devices' keys are derived from, or the authority that signs their certificates
/// (<see cref="DeviceCredentials.PrimaryThumbprint"/>: SHA-256 of one that was added to the hub).
/// </param>
internal sealed record Enrollment(string Id, bool IsGroup, bool Enabled, string DeviceId, DeviceCredentials Credentials)
{
    /// <summary>What a device of this enrollment is known by at the hub.</summary>
    /// <remarks>A derived key is Base64(HMAC-SHA256(group key, registration id)), as Azure derives it: the group key itself stands on no device.</remarks>
    public DeviceCredentials CredentialsOf(string registrationId) => !IsGroup ? Credentials
        : Credentials.Type == DeviceAuthentication.Sas ? DeviceCredentials.Keys(Derive(Credentials.PrimaryKey, registrationId), Derive(Credentials.SecondaryKey, registrationId))
        : DeviceCredentials.Authority;

    public static string Derive(string groupKey, string registrationId) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(groupKey), Encoding.UTF8.GetBytes(registrationId)));
}
