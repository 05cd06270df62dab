using System.Text.Json.Nodes;
using EdgeVision.Cloud.Models;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>device add|list|remove|disable|enable|rotate</c>. They need no running hub; one that runs is asked wherever a connection may have to end.</summary>
internal static class DeviceCommands
{
    public static Task<int> AddAsync(Arguments arguments)
    {
        RequireId(arguments[0]);
        var directory = DataDirectory.Create(arguments.Data);
        using var database = HubDatabase.Open(directory, arguments.Database);
        var devices = new DeviceRegistry(database);
        var credentials = CredentialArguments.Read(arguments);
        var isModule = arguments[0].Contains(Device.ModuleMark, StringComparison.Ordinal);
        var device = isModule ? AddModule(devices, arguments[0], credentials) : devices.Add(arguments[0], credentials);
        return Task.FromResult(PrintConnection(arguments, directory, database, device));
    }

    public static async Task<int> RotateAsync(Arguments arguments)
    {
        var (id, which) = (arguments[0], arguments.Option("--key") ?? "");
        if (which is not ("" or "primary" or "secondary"))
        {
            throw new UsageException("--key is primary or secondary; without it both are made anew.");
        }

        await ChangeAsync(arguments, devices => devices.Update(id, new DeviceChange(FreshKeys: which)).Outcome == RegistryOutcome.Done, hub => hub.AskAsync(HttpMethod.Post, $"{Path(id)}/keys?key={which}"));
        var directory = DataDirectory.Open(arguments.Data);
        using var database = HubDatabase.Open(directory, arguments.Database);
        return PrintConnection(arguments, directory, database, new DeviceRegistry(database).Find(id)!);
    }

    public static Task<int> ListAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        var devices = new DeviceRegistry(database).All();
        var json = new JsonArray([.. devices.Select(device => new JsonObject { ["deviceId"] = device.Id, ["status"] = device.Status })]);
        return Task.FromResult(Print(arguments, json, string.Join('\n', devices.Select(device => $"{device.Id} {device.Status}"))));
    }

    public static async Task<int> RemoveAsync(Arguments arguments)
    {
        await ChangeAsync(arguments, devices => devices.Remove(arguments[0]) == RegistryOutcome.Done, hub => hub.AskAsync(HttpMethod.Delete, Path(arguments[0])));
        return Print(arguments, new JsonObject { ["deviceId"] = arguments[0], ["removed"] = true }, $"{arguments[0]} removed");
    }

    public static Task<int> DisableAsync(Arguments arguments) => SetStatusAsync(arguments, enabled: false);

    public static Task<int> EnableAsync(Arguments arguments) => SetStatusAsync(arguments, enabled: true);

    private static async Task<int> SetStatusAsync(Arguments arguments, bool enabled)
    {
        var (id, status) = (arguments[0], enabled ? "enabled" : "disabled");
        await ChangeAsync(arguments, devices => devices.Update(id, new DeviceChange(enabled)).Outcome == RegistryOutcome.Done, hub => hub.AskAsync(HttpMethod.Put, Path(id), new JsonObject { ["status"] = status }));
        return Print(arguments, new JsonObject { ["deviceId"] = id, ["status"] = status }, $"{id} {status}");
    }

    private static async Task ChangeAsync(Arguments arguments, Func<DeviceRegistry, bool> alone, Func<RunningHub, Task> running)
    {
        var directory = DataDirectory.Open(arguments.Data);
        using var database = HubDatabase.Open(directory, arguments.Database);
        var devices = new DeviceRegistry(database);
        _ = devices.Find(arguments[0]) ?? throw NoSuchDevice(arguments[0]);
        using var hub = await RunningHub.FindAsync(directory);
        if (hub is not null)
        {
            await running(hub);
        }
        else if (!alone(devices))
        {
            throw NoSuchDevice(arguments[0]);
        }
    }

    public static CloudException NoSuchDevice(string id) => new($"There is no device '{id}'. Enrol it with: edgevision-cloud device add {id}");

    private static Device AddModule(DeviceRegistry devices, string id, DeviceCredentials? credentials)
    {
        var deviceId = id.Split(Device.ModuleMark)[0];
        _ = devices.Find(deviceId) ?? throw NoSuchDevice(deviceId);
        return devices.AddModule(id, credentials) ?? throw new CloudException($"'{deviceId}' has {DeviceRegistry.MaxModules} modules already.");
    }

    private static int PrintConnection(Arguments arguments, DataDirectory directory, HubDatabase database, Device device)
    {
        var connectionString = device.ConnectionString(HubAddress.Of(directory));
        var rootFile = new ModelRepository(directory, new ReleaseStore(database), TimeProvider.System).RootFile();
        var json = new JsonObject { ["deviceId"] = device.Id, ["connectionString"] = connectionString, ["caFile"] = directory.CaFile, ["rootFile"] = rootFile };
        return Print(arguments, json, $"{connectionString}\ntrusts {directory.CaFile}\nbelieves models by {rootFile ?? "no root yet: it waits for signatures"}");
    }

    private static void RequireId(string id)
    {
        if (id.Split(Device.ModuleMark) is not { Length: 1 or 2 } parts || !Array.TrueForAll(parts, DeviceIds.IsValid))
        {
            throw new CloudException($"'{id}' is no device id: use 1 to 128 of A-Z a-z 0-9 . _ : -");
        }
    }

    private static string Path(string id) => RunningHub.Path("devices", id);

    private static int Print(Arguments arguments, JsonNode json, string text)
    {
        if (arguments.Has("--json"))
        {
            return Output.Json(json);
        }

        Console.Out.WriteLine(text);
        return 0;
    }
}
