using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Limits;
using EdgeVision.Cloud.Messages;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Messages to devices: <c>POST /devices/{id}/messages/deviceBound</c>, the body as it is, properties in headers; <c>DELETE /devices/{id}/commands</c> throws away what waits.</summary>
/// <remarks>
/// Headers: <c>iothub-messageid</c>, <c>iothub-correlationid</c>, <c>iothub-userid</c>, <c>iothub-ack</c> (none, positive, negative, full), <c>iothub-expiry</c> (a time),
/// <c>iothub-app-{name}</c>, Content-Type, Content-Encoding.
/// </remarks>
internal sealed class MessageRoutes(MessageDesk desk, DeviceRegistry devices, Throttle throttle, TimeProvider time)
{
    private const string OwnPrefix = "iothub-app-";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("POST", "/devices/{id}/messages/deviceBound", SendAsync);
        routes.Map("DELETE", "/devices/{id}/commands", context => Task.FromResult(Purge(context.Id())));
    }

    private async Task<RestAnswer> SendAsync(HttpContext context)
    {
        var id = context.Id();
        if (devices.Find(id) is null)
        {
            return RestAnswer.NoSuchDevice(id);
        }

        if (Read(context, await context.ReadBodyAsync()) is not { } request)
        {
            return RestAnswer.Bad("iothub-ack is none, positive, negative or full; iothub-expiry is a time such as 2026-01-31T12:00:00Z.");
        }

        if (request.Size > MessageRequest.MaxBytes)
        {
            return RestAnswer.Error(StatusCodes.Status413PayloadTooLarge, 413001, $"The message has {request.Size} bytes, and {MessageRequest.MaxBytes} are allowed.");
        }

        if (await throttle.WaitAsync(ThrottledOperation.DeviceMessage) is { } tooMany)
        {
            return RestAnswer.TooMany(tooMany);
        }

        return await desk.EnqueueAsync(request.For(id, time.GetUtcNow()))
            ? new RestAnswer(StatusCodes.Status204NoContent, null)
            : RestAnswer.Error(StatusCodes.Status403Forbidden, 403004, $"{DeviceMessageStore.MaxQueued} messages wait for '{id}' already.");
    }

    private RestAnswer Purge(string id) => devices.Find(id) is null
        ? RestAnswer.NoSuchDevice(id)
        : new RestAnswer(200, new JsonObject { ["deviceId"] = id, ["moduleId"] = null, ["totalMessagesPurged"] = desk.Purge(id) });

    private static MessageRequest? Read(HttpContext context, byte[] body)
    {
        var headers = context.Request.Headers;
        string Header(string name) => headers[name].ToString();
        var expiry = Header("iothub-expiry");
        var expires = DateTimeOffset.TryParse(expiry, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : (DateTimeOffset?)null;
        return ReadAck(Header("iothub-ack")) is not { } ack || (expiry.Length > 0 && expires is null) ? null : new MessageRequest
        {
            Body = body,
            MessageId = Header("iothub-messageid"),
            CorrelationId = Header("iothub-correlationid"),
            UserId = Header("iothub-userid"),
            ContentType = context.Request.ContentType ?? "",
            ContentEncoding = Header("Content-Encoding"),
            Expires = expires,
            Ack = ack,
            Properties = headers.Where(header => header.Key.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
                .ToDictionary(header => header.Key[OwnPrefix.Length..], header => header.Value.ToString()),
        };
    }

    private static Acknowledgement? ReadAck(string text) => text.ToLowerInvariant() switch
    {
        "" or "none" => Acknowledgement.None,
        "positive" => Acknowledgement.Positive,
        "negative" => Acknowledgement.Negative,
        "full" => Acknowledgement.Full,
        _ => null,
    };
}
