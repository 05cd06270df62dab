using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Who may use the service side (<c>/keys</c>) and who changed what (<c>/audit</c>): for administrators.</summary>
internal sealed class KeyRoutes(ApiKeyStore keys, AuditTrail audit)
{
    private const int AuditPage = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("GET", "/keys", _ => Task.FromResult(new RestAnswer(200, new JsonArray([.. keys.All().Select(key => key.ToJson())]))), ServiceRole.Admin);
        routes.Map("PUT", "/keys/{id}", AddAsync, ServiceRole.Admin);
        routes.Map("DELETE", "/keys/{id}", context => Task.FromResult(Remove(context)), ServiceRole.Admin);
        routes.Map("GET", "/audit", context => Task.FromResult(Audit(context)), ServiceRole.Admin);
    }

    /// <summary>{"role":"read"|"write"|"admin"} answers with the key, this once; with "kind":"certificate" it lists the common name of a client certificate instead.</summary>
    private async Task<RestAnswer> AddAsync(HttpContext context)
    {
        var name = context.Id();
        if (JsonText.TryParseObject(await context.ReadBodyAsync()) is not { } body || !ApiKeyStore.IsValidName(name)
            || ServiceRoles.Parse(body["role"]?.ToString()) is not { } role || body["kind"]?.ToString() is not (null or "key" or "certificate"))
        {
            return RestAnswer.Bad("""The body is {"role":"read"}, write or admin, with "kind":"certificate" for the common name of a client certificate; the name is 1 to 64 of A-Z a-z 0-9 . _ : -""");
        }

        if (body["kind"]?.ToString() == "certificate")
        {
            return keys.AddCertificate(name, role, context.Caller().Name) ? new RestAnswer(200, new ApiKey(name, role, IsCertificate: true).ToJson()) : Taken(name);
        }

        return keys.Add(name, role, context.Caller().Name) is { } key ? new RestAnswer(200, new JsonObject { ["name"] = name, ["role"] = ServiceRoles.NameOf(role), ["key"] = key }) : Taken(name);
    }

    private RestAnswer Remove(HttpContext context) => keys.Remove(context.Id(), context.Caller().Name)
        ? RestAnswer.Done
        : RestAnswer.Error(StatusCodes.Status404NotFound, 404000, $"There is no key '{context.Id()}'.");

    private RestAnswer Audit(HttpContext context) => context.Number("after", 0) is { } after
        ? new RestAnswer(200, new JsonArray([.. audit.Read(after, AuditPage, context.Request.Query["target"] is [{ } target] ? target : null).Select(entry => entry.ToJson())]))
        : RestAnswer.Bad("after is the sequence of the last entry you have.");

    private static RestAnswer Taken(string name) => RestAnswer.Error(StatusCodes.Status409Conflict, 409001, $"There is a key '{name}' already: remove it first.");
}
