using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>Follows an import until the daemon has brought it to its end, and says each change of state once.</summary>
internal sealed class ImportWait(string stateDirectory, string deploymentId, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private readonly UpdateStatusFile _status = new(stateDirectory);
    private string _said = "";

    /// <returns>Whether the imported model is in service.</returns>
    /// <exception cref="IOException">The daemon ended: the import is gone on with at its next start.</exception>
    public async Task<bool> RunAsync(Action<string> say, CancellationToken cancellationToken)
    {
        var path = ImportDesk.OutcomeOf(stateDirectory, deploymentId);
        while (true)
        {
            var status = _status.TryRead() is { } newest && (string?)newest["deploymentId"] == deploymentId ? newest : null;
            if ((UpdateStatusFile.TryRead(path) ?? (IsEnd(status) ? status : null)) is { } outcome)
            {
                TakeAway(path);
                return Judge(outcome, say);
            }

            if (status is not null)
            {
                Say(status, say);
            }

            if (!StateLock.IsHeld(stateDirectory) && !File.Exists(path))
            {
                throw new IOException($"the daemon ended while {deploymentId} was under way: it goes on at the next start, and edgevisiond ota status shows how it stands");
            }

            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The outcome may be missing: the daemon cannot write it where the folder belongs to another user.</summary>
    private static bool IsEnd(JsonObject? status) => (string?)status?["state"] is nameof(UpdateState.Committed) or nameof(UpdateState.Failed) or nameof(UpdateState.Blocked);

    private bool Judge(JsonObject outcome, Action<string> say)
    {
        if ((string?)outcome["deploymentId"] is var other && other != deploymentId)
        {
            say($"superseded by {other}");
            return false;
        }

        Say(outcome, say);
        var code = (UpdateCode)(int)outcome["result"]!["code"]!;
        if (code != UpdateCode.None)
        {
            say(UpdateAdvice.For(code));
        }

        return (string?)outcome["state"] == nameof(UpdateState.Committed);
    }

    private void Say(JsonObject status, Action<string> say)
    {
        var code = (int)status["result"]!["code"]!;
        var line = code == 0 ? $"{status["state"]}" : string.Create(CultureInfo.InvariantCulture, $"{status["state"]} ({code}: {status["result"]!["reason"]})");
        if (line != _said)
        {
            say(line);
            _said = line;
        }
    }

    /// <summary>Who placed the files can take them away, where the daemon's user perhaps cannot.</summary>
    private static void TakeAway(string outcome)
    {
        try
        {
            DurableDisk.Delete(outcome[..^".outcome.json".Length]);
            File.Delete(outcome);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // the daemon tries at the next import
        }
    }
}
