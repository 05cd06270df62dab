using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Rest;

/// <summary>What a route answers.</summary>
/// <param name="Status">HTTP's.</param>
/// <param name="Body">JSON; null for none.</param>
internal sealed record RestAnswer(int Status, JsonNode? Body)
{
    /// <summary>When asking again makes sense, as the header Retry-After says it; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static readonly RestAnswer Done = new(StatusCodes.Status204NoContent, null);

    public static RestAnswer Error(int status, int code, string message) => new(status, new HubError(code, message).ToJson(TimeProvider.System));

    public static RestAnswer NoSuchDevice(string id) => Error(StatusCodes.Status404NotFound, 404001, $"There is no device '{id}'.");

    public static RestAnswer Changed(string what) => Error(StatusCodes.Status412PreconditionFailed, 412001, $"{what} changed meanwhile: read it again.");

    public static RestAnswer TooMany(HubError error) => Error(StatusCodes.Status429TooManyRequests, error.Code, error.Message) with { RetryAfter = error.RetryAfter };

    public static RestAnswer Bad(string message) => Error(StatusCodes.Status400BadRequest, 400004, message);
}
