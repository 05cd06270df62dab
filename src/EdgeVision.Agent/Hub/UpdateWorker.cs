using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using EdgeVision.Hub;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>Between twin and updater: the last wish of the hub is carried out, and what came of it is reported.</summary>
/// <remarks>A newer wish stops an older one that is not in service yet. The same wish delivered twice is carried out once; the updater sees to that.</remarks>
internal sealed partial class UpdateWorker(ModelUpdater updater, IModelTrial trial, ICloudLink hub, Func<bool> clockIsSet, TimeProvider time, ILogger<UpdateWorker> logger)
{
    private const string Key = "modelUpdate";
    private static readonly TimeSpan ClockLook = TimeSpan.FromSeconds(2);
    private readonly Channel<ModelDeployment> _wishes = Channel.CreateBounded<ModelDeployment>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Lock _gate = new();
    private CancellationTokenSource? _applying;
    private string _lastWish = updater.Pending?.DeploymentId ?? "";
    private string _refused = "";
    private long _version;

    /// <summary>The desired section as it is now; called by the hub client, returns at once.</summary>
    public void Wish(JsonObject desired)
    {
        if (desired[Key] is not { } wish)
        {
            return;
        }

        _version = desired["$version"]?.GetValue<long>() ?? 0;
        using var document = JsonDocument.Parse(wish.ToJsonString());
        var deployment = ModelDeployment.TryParse(document.RootElement, out var problem);
        _refused = problem ?? "";
        if (deployment is null)
        {
            Log.Refused(logger, problem!);
            Report(updater.Report);
            return;
        }

        if (deployment.DeploymentId != _lastWish)
        {
            Enqueue(deployment);
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        updater.Changed += Report;
        Report(updater.Report);
        if (updater.Pending is { } interrupted)
        {
            _wishes.Writer.TryWrite(interrupted);
        }

        await foreach (var wish in _wishes.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            await ClockSetAsync(stopping).ConfigureAwait(false);
            using var applying = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await ApplyAsync(Begin(wish, applying), applying.Token).ConfigureAwait(false);
            lock (_gate)
            {
                _applying = null;
            }
        }
    }

    /// <summary>An update that a power cut interrupted must not fail because the clock runs from 1970 and no certificate is valid yet.</summary>
    private async Task ClockSetAsync(CancellationToken stopping)
    {
        while (!clockIsSet())
        {
            await Task.Delay(ClockLook, time, stopping).ConfigureAwait(false);
        }
    }

    private void Enqueue(ModelDeployment deployment)
    {
        lock (_gate)
        {
            _lastWish = deployment.DeploymentId;
            _wishes.Writer.TryWrite(deployment);
            _applying?.Cancel();
        }
    }

    /// <returns>The newest wish: one that came since this one was taken could not cancel it.</returns>
    private ModelDeployment Begin(ModelDeployment wish, CancellationTokenSource applying)
    {
        lock (_gate)
        {
            _applying = applying;
            return _wishes.Reader.TryRead(out var newer) ? newer : wish;
        }
    }

    private async Task ApplyAsync(ModelDeployment wish, CancellationToken cancellationToken)
    {
        try
        {
            await updater.ApplyAsync(wish, trial, cancellationToken).ConfigureAwait(false);
            if (updater.Pending is not null)
            {
                _lastWish = ""; // the disk failed: the same wish, delivered again, is gone on with
            }
        }
        catch (OperationCanceledException)
        {
            Log.Superseded(logger, wish.DeploymentId);
        }
    }

    private void Report(UpdateReport report) => hub.Report(Key, new JsonObject
    {
        ["ac"] = _refused.Length == 0 ? 200 : 400,
        ["av"] = _version,
        ["ad"] = _refused.Length == 0 ? "accepted" : _refused,
        ["deploymentId"] = report.DeploymentId,
        ["state"] = report.State.ToString(),
        ["progress"] = report.Progress,
        ["active"] = report.ActiveDigest,
        ["activeModel"] = report.ActiveModel,
        ["activeVersion"] = report.ActiveVersion,
        ["previous"] = report.PreviousDigest,
        ["attempt"] = report.Attempt,
        ["result"] = new JsonObject { ["code"] = (int)report.Code, ["reason"] = report.Reason },
    });

    private static partial class Log
    {
        [LoggerMessage(7030, LogLevel.Warning, "the hub's modelUpdate was refused: {Problem}")]
        public static partial void Refused(ILogger logger, string problem);

        [LoggerMessage(7031, LogLevel.Information, "deployment {Deployment} makes way")]
        public static partial void Superseded(ILogger logger, string deployment);
    }
}
