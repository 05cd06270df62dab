using System.Security.Cryptography.X509Certificates;
using EdgeVision.Cloud.Certificates;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Provisioning;

/// <summary>Decides whose enrollment a device has, and makes a device of it.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class Provisioner(
    EnrollmentStore enrollments, DeviceRegistry devices, DeviceConnections connections, TrustedAuthorities authorities, DataDirectory directory, TimeProvider time)
{
    private const long SkewSeconds = 300;
    private const string TokenPolicy = "registration", Actor = "provisioning";

    /// <param name="registrationId">As in CONNECT.</param>
    /// <param name="userName">As in CONNECT: <c>{idScope}/registrations/{registrationId}/api-version=...</c></param>
    /// <param name="password">As in CONNECT.</param>
    /// <param name="certificate">The one shown in the TLS handshake; null for none.</param>
    /// <returns>The enrollment that it proved to have; null when it did not.</returns>
    public Enrollment? Authenticate(string registrationId, string userName, string password, X509Certificate2? certificate)
    {
        var resource = $"{directory.IdScope}/registrations/{registrationId}";
        return DeviceIds.IsValid(registrationId) && userName.StartsWith(resource + "/", StringComparison.Ordinal)
            ? enrollments.Candidates(registrationId).FirstOrDefault(enrollment => enrollment.Enabled && Proves(enrollment, registrationId, resource, password, certificate))
            : null;
    }

    /// <summary>Makes the device known to the hub with what it proved itself with.</summary>
    /// <returns>Null when there is a device of that name that came by another way: whoever has the key of a group must not take it over.</returns>
    public async Task<Registration?> RegisterAsync(string registrationId, Enrollment enrollment)
    {
        var deviceId = enrollment.DeviceId.Length > 0 ? enrollment.DeviceId : registrationId;
        var credentials = enrollment.CredentialsOf(registrationId);
        if (devices.Add(deviceId, credentials, Actor).Credentials != credentials)
        {
            if (enrollments.FindRegistration(registrationId) is not { } before || before.EnrollmentId != enrollment.Id || before.DeviceId != deviceId)
            {
                return null;
            }

            devices.Update(deviceId, new DeviceChange(Credentials: credentials), by: Actor);
            await connections.CloseAsync(deviceId);
        }

        return enrollments.Register(registrationId, enrollment.Id, deviceId, time.GetUtcNow());
    }

    public Registration? Find(string registrationId) => enrollments.FindRegistration(registrationId);

    private bool Proves(Enrollment enrollment, string registrationId, string resource, string password, X509Certificate2? certificate)
    {
        if (enrollment.Credentials.Type == DeviceAuthentication.Sas)
        {
            return SasToken.TryParse(password) is { Policy: TokenPolicy } token && token.Resource == resource && token.Expiry >= time.GetUtcNow().ToUnixTimeSeconds() - SkewSeconds
                && enrollment.CredentialsOf(registrationId).Signed(token);
        }

        var now = time.GetUtcNow();
        return certificate is not null && certificate.IsValidAt(now) && certificate.CommonName().Equals(registrationId, StringComparison.OrdinalIgnoreCase)
            && (enrollment.IsGroup
                ? authorities.Signed(certificate, now, through: enrollment.Credentials.PrimaryThumbprint)
                : certificate.HasThumbprint(enrollment.Credentials.PrimaryThumbprint) || certificate.HasThumbprint(enrollment.Credentials.SecondaryThumbprint));
    }
}
