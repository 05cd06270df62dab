using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

/// <summary>A shutdown, or the news of a newer deployment, in the middle of a state.</summary>
internal static class Interrupted
{
    /// <summary>Applies until the state is reached and cancels there. A deployment that ends before does so.</summary>
    public static async Task InAsync(Device device, ModelPackage package, UpdateState state)
    {
        using var stop = new CancellationTokenSource();
        var (on, script) = (device.Trial.On, device.Server.Script);
        device.Trial.On = async (asked, candidate, token) =>
        {
            if (asked == state)
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
            }

            return await on(asked, candidate, token);
        };
        device.Server.Script = state == UpdateState.Downloading ? _ => stop.CancelAsync() : script;
        try
        {
            await device.ApplyAsync(device.Deploy(package), stop.Token);
        }
        catch (OperationCanceledException)
        {
            // as it should
        }

        (device.Trial.On, device.Server.Script) = (on, script);
    }
}
