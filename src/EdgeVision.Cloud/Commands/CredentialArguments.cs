using EdgeVision.Cloud.Certificates;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Commands;

/// <summary>Reads <c>--x509-thumbprint A[,B]</c> and <c>--x509-ca</c>.</summary>
internal static class CredentialArguments
{
    public const string Thumbprint = "--x509-thumbprint", Authority = "--x509-ca";

    /// <returns>Null for neither: keys.</returns>
    public static DeviceCredentials? Read(Arguments arguments)
    {
        if (arguments.Option(Thumbprint) is { } text)
        {
            return Thumbprints(text);
        }

        return arguments.Has(Authority) ? DeviceCredentials.Authority : null;
    }

    private static DeviceCredentials Thumbprints(string text)
    {
        var prints = text.Split(',').Select(ShownCertificate.NormalizeThumbprint).ToArray();
        return prints is [{ } only] ? DeviceCredentials.Thumbprints(only, "")
            : prints is [{ } first, { } second] ? DeviceCredentials.Thumbprints(first, second)
            : throw new UsageException($"{Thumbprint} is the SHA-1 (40 hex digits) or SHA-256 (64) of a certificate, or two with a comma between, not '{text}'.");
    }
}
