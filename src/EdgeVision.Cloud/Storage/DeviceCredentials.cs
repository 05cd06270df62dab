using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Storage;

/// <summary>What a device is known by.</summary>
/// <param name="Type">Which of the rest counts.</param>
/// <param name="PrimaryKey">Base64; empty unless <see cref="DeviceAuthentication.Sas"/>.</param>
/// <param name="SecondaryKey">Base64; valid as well, so that keys can be changed without a gap.</param>
/// <param name="PrimaryThumbprint">SHA-1 or SHA-256 in upper-case hex; empty unless <see cref="DeviceAuthentication.SelfSigned"/>.</param>
/// <param name="SecondaryThumbprint">Valid as well; may be empty.</param>
internal sealed record DeviceCredentials(DeviceAuthentication Type, string PrimaryKey = "", string SecondaryKey = "", string PrimaryThumbprint = "", string SecondaryThumbprint = "")
{
    public static readonly DeviceCredentials Authority = new(DeviceAuthentication.CertificateAuthority);

    /// <summary>Azure's word for the type, as it stands in REST and in the database.</summary>
    public string TypeName => NameOf(Type);

    /// <summary>Whether one of the keys made a token. An empty key makes none, although anybody could sign with it.</summary>
    public bool Signed(SasToken token) => (PrimaryKey.Length > 0 && token.IsSignedWith(PrimaryKey)) || (SecondaryKey.Length > 0 && token.IsSignedWith(SecondaryKey));

    /// <summary>Two fresh keys.</summary>
    public static DeviceCredentials NewKeys() => Keys(DataDirectory.NewKey(), DataDirectory.NewKey());

    public static DeviceCredentials Keys(string primary, string secondary) => new(DeviceAuthentication.Sas, primary, secondary);

    public static DeviceCredentials Thumbprints(string primary, string secondary) => new(DeviceAuthentication.SelfSigned, "", "", primary, secondary);

    public static DeviceAuthentication? TypeOf(string name) => name switch
    {
        "sas" => DeviceAuthentication.Sas,
        "selfSigned" => DeviceAuthentication.SelfSigned,
        "certificateAuthority" => DeviceAuthentication.CertificateAuthority,
        _ => null,
    };

    /// <summary>As Azure's registry answers, keys included: only the service asks.</summary>
    public JsonObject ToJson() => new()
    {
        ["type"] = TypeName,
        ["symmetricKey"] = new JsonObject { ["primaryKey"] = OrNull(PrimaryKey), ["secondaryKey"] = OrNull(SecondaryKey) },
        ["x509Thumbprint"] = new JsonObject { ["primaryThumbprint"] = OrNull(PrimaryThumbprint), ["secondaryThumbprint"] = OrNull(SecondaryThumbprint) },
    };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static string NameOf(DeviceAuthentication type) => type switch
    {
        DeviceAuthentication.Sas => "sas",
        DeviceAuthentication.SelfSigned => "selfSigned",
        _ => "certificateAuthority",
    };
}
