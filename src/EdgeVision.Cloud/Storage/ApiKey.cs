using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>Somebody who may use the service side.</summary>
/// <param name="Name">Of the key, or the common name of a client certificate.</param>
/// <param name="Role">What it may do.</param>
/// <param name="IsCertificate">Whether a certificate proves it rather than a key.</param>
internal sealed record ApiKey(string Name, ServiceRole Role, bool IsCertificate)
{
    public JsonObject ToJson() => new() { ["name"] = Name, ["role"] = ServiceRoles.NameOf(Role), ["kind"] = IsCertificate ? "certificate" : "key" };
}
