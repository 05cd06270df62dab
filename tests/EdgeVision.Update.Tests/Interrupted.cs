using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

/// <summary>A shutdown, or the news of a newer deployment, in the middle of a state.</summary>
internal static class Interrupted
{
    /// <summary>Applies until the state is entered and cancels there. A deployment that ends before does so.</summary>
    public static async Task InAsync(Device device, ModelPackage package, UpdateState state)
    {
        using var stop = new CancellationTokenSource();
        device.Updater.Changed += Stop;
        try
        {
            await device.ApplyAsync(device.Deploy(package), stop.Token);
        }
        catch (OperationCanceledException)
        {
            // as it should
        }
        finally
        {
            device.Updater.Changed -= Stop;
        }

        void Stop(UpdateReport report)
        {
            if (report.State == state)
            {
                stop.Cancel();
            }
        }
    }
}
