using System.Text;
using EdgeVision.Packaging.Repository;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace EdgeVision.Workbench;

/// <summary>What a PKCS#11 URI says: which module, which token, which object, and where the PIN is.</summary>
internal sealed class Pkcs11Token
{
    public const string Scheme = "pkcs11:", PinVariable = "EDGEVISION_PIN", ModuleVariable = "EDGEVISION_PKCS11_MODULE";
    private readonly Pkcs11Uri _uri;

    private Pkcs11Token(Pkcs11Uri uri) => _uri = uri;

    /// <summary>For messages: without the query, which may hold a PIN.</summary>
    public string Name => $"{Scheme}token={_uri.Token ?? _uri.Serial};object={_uri.Object ?? (_uri.Id is null ? "" : Convert.ToHexStringLower(_uri.Id))}";

    /// <exception cref="RepositoryException">It is no PKCS#11 URI, or names no object.</exception>
    public static Pkcs11Token Parse(string text)
    {
        try
        {
            var uri = new Pkcs11Uri(text);
            return uri.Object is not null || uri.Id is not null ? new Pkcs11Token(uri)
                : throw new RepositoryException("The PKCS#11 URI names no key: add object=LABEL or id=%01.");
        }
        catch (Pkcs11UriException exception)
        {
            throw new RepositoryException($"This is no PKCS#11 URI (RFC 7512): {exception.Message.TrimEnd('.')}. An example: pkcs11:token=release;object=trainer?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/run/pin", exception);
        }
    }

    public IPkcs11Library Load()
    {
        var module = _uri.ModulePath ?? Environment.GetEnvironmentVariable(ModuleVariable)
            ?? throw new RepositoryException($"{Name}: no module: add ?module-path=/usr/lib/.../module.so to the URI, or set {ModuleVariable}.");
        if (!File.Exists(module))
        {
            throw new RepositoryException($"{Name}: the PKCS#11 module {module} is not there. Install the token's software (SoftHSM: apt-get install softhsm2) or correct module-path.");
        }

        var factories = new Pkcs11InteropFactories();
        return factories.Pkcs11LibraryFactory.LoadPkcs11Library(factories, module, AppType.SingleThreaded);
    }

    public ISession LogIn(IPkcs11Library library)
    {
        var slots = Pkcs11UriUtils.GetMatchingSlotList(_uri, library, SlotsType.WithTokenPresent);
        if (slots.Count != 1)
        {
            throw new RepositoryException($"{Name}: {slots.Count} tokens match. {(slots.Count == 0 ? "Is it plugged in? See: pkcs11-tool --list-slots" : "Name one: token=LABEL or serial=NUMBER.")}");
        }

        var session = slots[0].OpenSession(SessionType.ReadOnly);
        session.Login(CKU.CKU_USER, Pin());
        return session;
    }

    /// <param name="session">Logged in.</param>
    /// <param name="type">Of the object.</param>
    /// <param name="id">CKA_ID instead of what the URI says: a public key belongs to the private one of the same id, whatever its label.</param>
    public IObjectHandle FindOne(ISession session, CKO type, byte[]? id)
    {
        var wanted = new List<IObjectAttribute> { session.Factories.ObjectAttributeFactory.Create(CKA.CKA_CLASS, type) };
        if ((id ?? _uri.Id) is { } wantedId)
        {
            wanted.Add(session.Factories.ObjectAttributeFactory.Create(CKA.CKA_ID, wantedId));
        }

        if (id is null && _uri.Object is { } label)
        {
            wanted.Add(session.Factories.ObjectAttributeFactory.Create(CKA.CKA_LABEL, label));
        }

        return session.FindAllObjects(wanted) is [var found] ? found
            : throw new RepositoryException($"{Name}: the token has none, or more than one, {(type == CKO.CKO_PRIVATE_KEY ? "private key of that name" : "public key beside the private one (same id)")}. See: pkcs11-tool --list-objects --login");
    }

    public T Guarded<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Pkcs11Exception exception) when (exception.RV is CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_LEN_RANGE or CKR.CKR_PIN_LOCKED)
        {
            throw new RepositoryException($"{Name}: the PIN is wrong ({exception.RV}). It comes from pin-source, pin-value or {PinVariable}; too many wrong ones lock the token.", exception);
        }
        catch (Exception exception) when (exception is Pkcs11Exception or UnmanagedException)
        {
            throw new RepositoryException($"{Name}: the token cannot be used: {exception.Message}", exception);
        }
    }

    private byte[] Pin()
    {
        if (_uri.PinSource is { } source)
        {
            var path = source.StartsWith("file:", StringComparison.Ordinal) ? new Uri(source).LocalPath : source;
            return File.Exists(path) ? Encoding.UTF8.GetBytes(File.ReadAllText(path).TrimEnd('\r', '\n'))
                : throw new RepositoryException($"{Name}: pin-source {path} is not there.");
        }

        return Encoding.UTF8.GetBytes(_uri.PinValue ?? Environment.GetEnvironmentVariable(PinVariable)
            ?? throw new RepositoryException($"{Name}: no PIN: add pin-source=FILE to the URI, or set {PinVariable}."));
    }
}
