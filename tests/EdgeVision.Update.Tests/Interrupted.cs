using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

/// <summary>A shutdown, or the news of a newer deployment, in the middle of a state.</summary>
internal static class Interrupted
{
    /// <summary>Applies until the state is reached and cancels there. A deployment that ends before does so.</summary>
    public static async Task InAsync(Device device, ModelPackage package, UpdateState state)
    {
        using var stop = new CancellationTokenSource();
        TrialFailure? Stop(ModelPackage _, CancellationToken token)
        {
            stop.Cancel();
            token.ThrowIfCancellationRequested();
            return null;
        }

        var (onTry, onActivate, script) = (device.Trial.OnTry, device.Trial.OnActivate, device.Server.Script);
        device.Trial.OnTry = state == UpdateState.Trial ? Stop : onTry;
        device.Trial.OnActivate = state == UpdateState.Activating ? Stop : onActivate;
        device.Server.Script = state == UpdateState.Downloading ? _ => stop.CancelAsync() : script;
        try
        {
            await device.ApplyAsync(device.Deploy(package), stop.Token);
        }
        catch (OperationCanceledException)
        {
            // as it should
        }

        (device.Trial.OnTry, device.Trial.OnActivate, device.Server.Script) = (onTry, onActivate, script);
    }
}
