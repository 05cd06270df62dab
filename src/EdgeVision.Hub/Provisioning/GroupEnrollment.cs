using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Hub;

/// <summary>The key of one device of an enrollment group. For the factory: a device is given its own key, never the group's, which would speak for all.</summary>
public static class GroupEnrollment
{
    /// <summary>base64(HMAC-SHA256(group key, registration id)).</summary>
    /// <param name="groupKey">Base64, as the enrollment group shows it.</param>
    /// <exception cref="FormatException">The group key is not base64.</exception>
    public static string DeriveDeviceKey(string groupKey, string registrationId) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(groupKey), Encoding.UTF8.GetBytes(registrationId)));
}
