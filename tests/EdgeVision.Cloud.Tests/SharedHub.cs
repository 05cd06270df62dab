using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Tests;

/// <summary>One hub for the tests of a class, emptied before each: starting one costs more than most tests.</summary>
public class SharedHub : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await TestHub.StartAsync(database: Database());

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual string? Database() => null;

    internal async Task<TestHub> EmptyAsync()
    {
        foreach (var device in _hub.WithDatabase(database => new DeviceRegistry(database).All()))
        {
            await _hub.AskAsync("DELETE", $"devices/{device.Id}");
        }

        foreach (var table in new[] { "telemetry", "notice", "enrollment", "registration", "authority", "upload", "connection_event" })
        {
            _hub.WithDatabase(database => database.Write(connection => connection.Execute($"DELETE FROM {table}")));
        }

        return _hub;
    }
}
