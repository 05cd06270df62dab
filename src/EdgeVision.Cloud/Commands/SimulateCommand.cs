using EdgeVision.Cloud.Simulation;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>simulate</c>: a fleet on this machine against the hub of a data directory, to see what that hub carries. Enrols its devices itself.</summary>
internal static class SimulateCommand
{
    private const string Prefix = "simulated-";
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var directory = DataDirectory.Open(arguments.Data);
        using var fleet = new Fleet(Enrol(arguments, directory, (int)arguments.Number("--devices", 100, 1, 20_000)), TimeProvider.System);
        using var stopping = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, stopping.CancelAsync());
        stopping.CancelAfter(TimeSpan.FromSeconds(arguments.Number("--seconds", 60, 1, 86_400)));
        var interval = TimeSpan.FromSeconds(arguments.Number("--interval", 10, 1, 3600));
        var running = fleet.RunAsync(arguments.Number("--connects-per-second", 100, 1, 10_000), interval, stopping.Token);
        while (!running.IsCompleted && !Output.IsClosed())
        {
            await Task.WhenAny(running, Task.Delay(ReportInterval));
            Console.Out.WriteLine(fleet.Report().ToJsonString(JsonText.Readable));
        }

        await stopping.CancelAsync();
        await running;
        return 0;
    }

    private static List<HubOptions> Enrol(Arguments arguments, DataDirectory directory, int count)
    {
        using var database = HubDatabase.Open(directory, arguments.Database);
        var hub = HubAddress.Of(directory);
        var devices = new DeviceRegistry(database).AddAll([.. Enumerable.Range(1, count).Select(number => $"{Prefix}{number}")]);
        return [.. devices.Select(device => new HubOptions
        {
            ConnectionString = HubConnectionString.Parse(device.ConnectionString(hub)), CaFile = directory.CaFile, ProductInfo = "EdgeVision/simulated",
        })];
    }
}
