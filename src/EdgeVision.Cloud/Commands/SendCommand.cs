using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Messages;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>send</c>: puts a message for a device into the database, where a running hub finds it within a second.</summary>
internal static class SendCommand
{
    public static Task<int> RunAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        _ = new DeviceRegistry(database).Find(arguments[0]) is { IsModule: false } ? true : throw DeviceCommands.NoSuchDevice(arguments[0]);
        var now = TimeProvider.System.GetUtcNow();
        var request = new MessageRequest
        {
            Body = Encoding.UTF8.GetBytes(arguments[1]),
            MessageId = arguments.Option("--message-id") ?? Guid.NewGuid().ToString(),
            Ack = Ack(arguments.Option("--ack") ?? "none"),
            Expires = now.AddSeconds(arguments.Number("--expires-in", 3600, 60, 48 * 3600)),
            Properties = Property(arguments.Option("--property")),
        };
        if (request.Size > MessageRequest.MaxBytes)
        {
            throw new CloudException($"The message has {request.Size} bytes, and {MessageRequest.MaxBytes} are allowed.");
        }

        return new DeviceMessageStore(database, TimeProvider.System).TryAdd(request.For(arguments[0], now))
            ? Task.FromResult(Output.Json(new JsonObject { ["deviceId"] = arguments[0], ["messageId"] = request.MessageId }))
            : throw new CloudException($"{DeviceMessageStore.MaxQueued} messages wait for '{arguments[0]}' already.");
    }

    private static Acknowledgement Ack(string text) => Enum.TryParse<Acknowledgement>(text, ignoreCase: true, out var ack) && !char.IsAsciiDigit(text[0])
        ? ack : throw new UsageException($"--ack is none, positive, negative or full, not '{text}'.");

    private static Dictionary<string, string> Property(string? text) => text is null ? []
        : text.Split('=', 2) is [{ Length: > 0 } name, var value] ? new Dictionary<string, string> { [name] = value }
        : throw new UsageException($"--property is NAME=VALUE, not '{text}'.");
}
