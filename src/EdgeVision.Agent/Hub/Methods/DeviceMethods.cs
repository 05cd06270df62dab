using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary>The table of everything that can be asked of this device, whichever way the question comes: as a direct method, or as a message that waited for the device.</summary>
/// <remarks>Whatever happens there is an answer, before the hub gives up (30 s unless the caller says otherwise), and it fits into the hub's 128 KB.</remarks>
internal sealed class DeviceMethods(IReadOnlyList<DeviceMethod> methods, TimeProvider time)
{
    private const int MostBytes = 120 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public IEnumerable<string> Names => methods.Select(method => method.Name);

    public async Task<MethodResult> CallAsync(string name, JsonNode? payload, CancellationToken cancellationToken)
    {
        if (methods.FirstOrDefault(method => method.Name == name) is not { } method)
        {
            return MethodResult.Error(501, $"this device has no method '{name}'; {Suggestion.For(name, Names)}");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var running = method.Run(new MethodArguments(name, payload, method.Arguments), limit.Token);
            return Fitting(await running.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false), name);
        }
        catch (ConfigurationException exception)
        {
            return MethodResult.Error(400, exception.Message);
        }
        catch (TimeoutException)
        {
            await limit.CancelAsync().ConfigureAwait(false);
            return MethodResult.Error(504, $"{name} took longer than {Patience.TotalSeconds:0} s and was given up");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return MethodResult.Error(500, LogSecrets.Remove(exception.Message));
        }
    }

    /// <summary>The same for a message from the cloud: the command's name stands in its property <c>command</c>, the arguments are its body.</summary>
    public async Task<MethodResult> CallAsync(string name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(name, body.IsEmpty ? null : JsonNode.Parse(body.Span), cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            return MethodResult.Error(400, $"{name}: the body is not JSON: {exception.Message}");
        }
    }

    private static MethodResult Fitting(MethodResult result, string name) =>
        result.Payload is { } payload && Encoding.UTF8.GetByteCount(payload.ToJsonString()) > MostBytes ? MethodResult.Error(500, $"{name}: the answer is too long for the hub") : result;
}
