using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Forwarding;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Destinations of telemetry: <c>/forwards</c>.</summary>
internal sealed class ForwardRoutes(DestinationStore destinations, TelemetryStore telemetry)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("GET", "/forwards", _ => Task.FromResult(List()));
        routes.Map("PUT", "/forwards/{id}", AddAsync, ServiceRole.Admin);
        routes.Map("DELETE", "/forwards/{id}", context => Task.FromResult(Answer(context, destinations.Remove(context.Id(), context.Caller().Name))), ServiceRole.Admin);
        routes.Map("POST", "/forwards/{id}/resume", context => Task.FromResult(Answer(context, destinations.Resume(context.Id(), context.Caller().Name))), ServiceRole.Admin);
    }

    private RestAnswer List()
    {
        var newest = telemetry.Newest();
        return new RestAnswer(200, new JsonArray([.. destinations.All().Select(destination => destination.ToJson(newest))]));
    }

    /// <summary>{"webhook":URL} or {"kafka":"HOST:PORT","topic":T}, with {"file","after","skipRefused"} as one likes. Answers once with the secret that signs a webhook.</summary>
    private async Task<RestAnswer> AddAsync(HttpContext context)
    {
        if (!ApiKeyStore.IsValidName(context.Id()) || JsonText.TryParseObject(await context.ReadBodyAsync()) is not { } body || Read(body) is not { } request)
        {
            return RestAnswer.Bad("""The body is {"webhook":URL} or {"kafka":"HOST:PORT","topic":T}, with "file", "after" (a sequence) and "skipRefused" (true or false); the name is 1 to 64 of A-Z a-z 0-9 . _ : -""");
        }

        if (request.Violation() is { } violation)
        {
            return RestAnswer.Bad(violation);
        }

        var settings = request.ToSettings();
        return destinations.Add(context.Id(), settings, (long?)body["after"], context.Caller().Name)
            ? new RestAnswer(200, new JsonObject { ["name"] = context.Id(), ["secret"] = settings.Secret })
            : RestAnswer.Error(StatusCodes.Status409Conflict, 409001, $"There is a destination '{context.Id()}' already: remove it first.");
    }

    private static RestAnswer Answer(HttpContext context, bool isThere) =>
        isThere ? RestAnswer.Done : RestAnswer.Error(StatusCodes.Status404NotFound, 404000, $"There is no destination '{context.Id()}'.");

    private static DestinationRequest? Read(JsonObject body)
    {
        var isNumber = body["after"] is null || (body["after"] is JsonValue after && after.TryGetValue<long>(out var number) && number >= 0);
        return isNumber && IsText(body["webhook"]) && IsText(body["kafka"]) && IsText(body["topic"]) && IsText(body["file"])
            && (body["skipRefused"]?.GetValueKind() is null or JsonValueKind.True or JsonValueKind.False)
            ? new DestinationRequest((string?)body["webhook"], (string?)body["kafka"], (string?)body["topic"], (string?)body["file"], body["skipRefused"]?.GetValueKind() == JsonValueKind.True)
            : null;
    }

    private static bool IsText(JsonNode? node) => node is null || node.GetValueKind() == JsonValueKind.String;
}
