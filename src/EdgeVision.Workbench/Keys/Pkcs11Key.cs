using System.Security.Cryptography;
using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace EdgeVision.Workbench;

/// <summary>A key in a token (HSM, smart card, SoftHSM), named by a PKCS#11 URI of RFC 7512; it never leaves the token.</summary>
/// <remarks>
/// <c>pkcs11:token=release;object=trainer?module-path=/usr/lib/softhsm/libsofthsm2.so&amp;pin-source=/run/pin</c>. ECDSA P-256 and RSA of 2048 bits and more.
/// The PIN comes from <c>pin-source</c> (a file), <c>pin-value</c>, or the environment variable <c>EDGEVISION_PIN</c>. One thread.
/// </remarks>
internal sealed class Pkcs11Key : IRepositoryKey
{
    private static readonly byte[] NistP256 = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    private readonly IPkcs11Library _library;
    private readonly ISession _session;
    private readonly IObjectHandle _private;

    private Pkcs11Key(string name, IPkcs11Library library, ISession session, IObjectHandle key, TufKey isPublic) =>
        (Name, _library, _session, _private, PublicKey) = (name, library, session, key, isPublic);

    public string Name { get; }

    public TufKey PublicKey { get; }

    /// <exception cref="RepositoryException">The URI, the module, the token, the PIN or the key is not what it should be.</exception>
    public static Pkcs11Key Open(string text)
    {
        var token = Pkcs11Token.Parse(text);
        return token.Guarded(() =>
        {
            var library = token.Load();
            try
            {
                var session = token.LogIn(library);
                var key = token.FindOne(session, CKO.CKO_PRIVATE_KEY, id: null);
                var id = session.GetAttributeValue(key, [CKA.CKA_ID])[0].GetValueAsByteArray();
                return new Pkcs11Key(token.Name, library, session, key, ReadPublic(token, session, token.FindOne(session, CKO.CKO_PUBLIC_KEY, id)));
            }
            catch
            {
                library.Dispose();
                throw;
            }
        });
    }

    public byte[] Sign(byte[] message)
    {
        try
        {
            return PublicKey.KeyType == "rsa" ? SignRsa(message) : SignEcdsa(message);
        }
        catch (Pkcs11Exception exception)
        {
            throw new RepositoryException($"{Name} did not sign: {exception.RV}. See whether the token allows this key to sign (CKA_SIGN) with this mechanism.", exception);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _library.Dispose();
    }

    private byte[] SignRsa(byte[] message)
    {
        using var parameters = _session.Factories.MechanismParamsFactory.CreateCkRsaPkcsPssParams((ulong)CKM.CKM_SHA256, (ulong)CKG.CKG_MGF1_SHA256, SHA256.HashSizeInBytes);
        using var mechanism = _session.Factories.MechanismFactory.Create(CKM.CKM_RSA_PKCS_PSS, parameters);
        return _session.Sign(mechanism, _private, SHA256.HashData(message));
    }

    // Tokens give r and s side by side, metadata carries the DER of both.
    private byte[] SignEcdsa(byte[] message)
    {
        using var mechanism = _session.Factories.MechanismFactory.Create(CKM.CKM_ECDSA);
        return DerSignature.Encode(_session.Sign(mechanism, _private, SHA256.HashData(message)));
    }

    private static TufKey ReadPublic(Pkcs11Token token, ISession session, IObjectHandle key)
    {
        var type = (CKK)session.GetAttributeValue(key, [CKA.CKA_KEY_TYPE])[0].GetValueAsUlong();
        return type switch
        {
            CKK.CKK_EC => ReadEcdsa(token, session.GetAttributeValue(key, [CKA.CKA_EC_PARAMS, CKA.CKA_EC_POINT])),
            CKK.CKK_RSA => ReadRsa(session.GetAttributeValue(key, [CKA.CKA_MODULUS, CKA.CKA_PUBLIC_EXPONENT])),
            _ => throw new RepositoryException($"{token.Name} is a {type} key; metadata is signed with EC P-256 or RSA keys of a token. Make one: pkcs11-tool --keypairgen --key-type EC:prime256v1"),
        };
    }

    // EC_POINT is an OCTET STRING (04 41) around the uncompressed point (04 x y).
    private static TufKey ReadEcdsa(Pkcs11Token token, List<IObjectAttribute> attributes)
    {
        var point = attributes[1].GetValueAsByteArray();
        if (!attributes[0].GetValueAsByteArray().AsSpan().SequenceEqual(NistP256) || point is not [0x04, 0x41, 0x04, ..] || point.Length != 67)
        {
            throw new RepositoryException($"{token.Name} is not on the curve P-256. Make one that is: pkcs11-tool --keypairgen --key-type EC:prime256v1");
        }

        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[3..35], Y = point[35..] } };
        using var ecdsa = ECDsa.Create(parameters);
        return PublicKeys.Of(ecdsa);
    }

    private static TufKey ReadRsa(List<IObjectAttribute> attributes)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = attributes[0].GetValueAsByteArray(), Exponent = attributes[1].GetValueAsByteArray() });
        return PublicKeys.Of(rsa);
    }
}
