using EdgeVision.Cloud.Certificates;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Finds out who asks: the service's token, an API key, or a client certificate whose name is listed.</summary>
internal sealed class ServiceAccess(Authenticator authenticator, ApiKeyStore keys, ServiceCertificates certificates)
{
    private const string Bearer = "Bearer ";

    /// <returns>Null for a stranger.</returns>
    public Caller? Identify(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.Length == 0)
        {
            return certificates.NameOf(context.Connection.ClientCertificate) is { } name && keys.FindCertificate(name) is { } certificate
                ? new Caller($"certificate:{name}", certificate.Role)
                : null;
        }

        if (authorization.StartsWith(Bearer, StringComparison.Ordinal))
        {
            return keys.FindKey(authorization[Bearer.Length..].Trim()) is { } key ? new Caller($"key:{key.Name}", key.Role) : null;
        }

        return authenticator.IsService(authorization) ? new Caller(Authenticator.ServicePolicy, ServiceRole.Admin) : null;
    }
}
