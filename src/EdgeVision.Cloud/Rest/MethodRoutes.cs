using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Limits;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Direct methods: <c>POST /twins/{id}/methods</c>.</summary>
internal sealed class MethodRoutes(MethodDesk methods, DeviceRegistry devices, Throttle throttle)
{
    private const int DefaultSeconds = 30, MaxSeconds = 300;

    private sealed record Request(string Method, byte[] Payload, TimeSpan ConnectTimeout, TimeSpan ResponseTimeout);

    public void Map(IEndpointRouteBuilder routes) => Array.ForEach(["/twins/{id}/methods", "/twins/{id}/modules/{module}/methods"], path => routes.Map("POST", path, InvokeAsync));

    private async Task<RestAnswer> InvokeAsync(HttpContext context)
    {
        var id = context.Identity();
        if (devices.Find(id) is null)
        {
            return RestAnswer.NoSuchDevice(id);
        }

        if (JsonText.TryParseObject(await context.ReadBodyAsync()) is not { } body || Read(body) is not { } request)
        {
            return RestAnswer.Bad($$"""The body is {"methodName","payload","responseTimeoutInSeconds","connectTimeoutInSeconds"}: a name of A-Z a-z 0-9 . _ : * -, a payload up to 128 KB, seconds up to {{MaxSeconds}}.""");
        }

        const double Block = 4096;
        if (await throttle.WaitAsync(ThrottledOperation.Method, Block * Math.Max(1, Math.Ceiling(request.Payload.Length / Block))) is { } tooMany)
        {
            return RestAnswer.TooMany(tooMany);
        }

        var answer = await methods.InvokeAsync(id, request.Method, request.Payload, request.ConnectTimeout, request.ResponseTimeout, context.RequestAborted);
        return answer.Failure switch
        {
            MethodFailure.None => new RestAnswer(200, new JsonObject { ["status"] = answer.Status, ["payload"] = answer.Payload }),
            MethodFailure.NotOnline => RestAnswer.Error(StatusCodes.Status404NotFound, 404103, $"The device '{id}' is not online, or answers no methods."),
            MethodFailure.NoReply => RestAnswer.Error(StatusCodes.Status504GatewayTimeout, 504101, $"The device '{id}' did not answer in {request.ResponseTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s."),
            _ => RestAnswer.Error(StatusCodes.Status502BadGateway, 502001, $"The device '{id}' answered something that is no JSON."),
        };
    }

    private static Request? Read(JsonObject body)
    {
        var name = body["methodName"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
        var payload = body["payload"] is { } json ? Encoding.UTF8.GetBytes(json.ToJsonString()) : [];
        return MethodDesk.IsValidName(name) && payload.Length <= MethodDesk.MaxBytes
            && Seconds(body["connectTimeoutInSeconds"], 0, 0) is { } connect && Seconds(body["responseTimeoutInSeconds"], DefaultSeconds, 1) is { } response
            ? new Request(name, payload, connect, response)
            : null;
    }

    private static TimeSpan? Seconds(JsonNode? node, int absent, int least) => node switch
    {
        null => TimeSpan.FromSeconds(absent),
        JsonValue value when value.TryGetValue<int>(out var seconds) && seconds >= least && seconds <= MaxSeconds => TimeSpan.FromSeconds(seconds),
        _ => null,
    };
}
