using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>A client that runs until the test ends.</summary>
internal sealed class RunningClient : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunningClient(HubOptions options, Action<HubClient>? before = null, TimeProvider? time = null)
    {
        Client = new HubClient(options, time ?? TimeProvider.System, NullLogger<HubClient>.Instance);
        before?.Invoke(Client);
        _running = Client.RunAsync(_stop.Token);
    }

    public HubClient Client { get; }

    public HubStatus Status => Client.Status;

    public void Wait(Func<HubStatus, bool> condition, double seconds = 20) => Eventually.True(() => condition(Status), TimeSpan.FromSeconds(seconds), () => Status.ToString());

    public void Dispose()
    {
        _stop.Cancel();
        Assert.True(_running.Wait(TimeSpan.FromSeconds(5)), "the client did not stop");
        _stop.Dispose();
    }
}
