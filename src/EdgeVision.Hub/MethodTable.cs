using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>The direct methods this device answers. Whatever a handler does, there is an answer.</summary>
internal sealed class MethodTable
{
    private readonly ConcurrentDictionary<string, Func<JsonNode?, CancellationToken, Task<MethodResult>>> _handlers = new(StringComparer.Ordinal);

    public void Set(string name, Func<JsonNode?, CancellationToken, Task<MethodResult>> handler) => _handlers[name] = handler;

    public async Task<MethodResult> CallAsync(string name, byte[] payload, CancellationToken cancellationToken)
    {
        if (!_handlers.TryGetValue(name, out var handler))
        {
            return MethodResult.Error(501, $"this device has no method '{name}'; it has {string.Join(", ", _handlers.Keys.Order(StringComparer.Ordinal))}");
        }

        try
        {
            return await handler(payload.Length == 0 ? null : JsonNode.Parse(payload), cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            return MethodResult.Error(400, $"the payload is not JSON: {exception.Message}");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return MethodResult.Error(500, exception.Message);
        }
    }
}
