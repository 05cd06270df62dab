using static EdgeVision.Update.UpdateRequest;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update;

/// <summary>In which states a request makes sense.</summary>
internal static class RequestRules
{
    /// <summary>Null = it does; else a sentence for the person who asked.</summary>
    public static string? Check(UpdateRecord record, string deploymentId, UpdateRequest request)
    {
        if (record.Deployment?.DeploymentId is not { } current || current != deploymentId)
        {
            return $"there is no deployment {deploymentId} here; the current one is {record.Deployment?.DeploymentId ?? "none"}";
        }

        var ok = request switch
        {
            Approve => record.State is AwaitingDecision or Waiting or Blocked,
            Cancel => !TransitionTable.IsEnd(record.State) && record.State != RollingBack,
            ActivateNow => !TransitionTable.IsEnd(record.State) && record.State is not (Activating or Probation or RollingBack),
            _ => record.State is Activating or Probation or Committed,
        };
        return ok ? null : $"{request} makes no sense while the deployment is {record.State}{Instead(request)}";
    }

    private static string Instead(UpdateRequest request) => request switch
    {
        Approve => ": only AwaitingDecision, Waiting and Blocked can be approved",
        Cancel => ": it is at its end; roll a committed model back instead",
        ActivateNow => "",
        _ => ": only a model in service can be rolled back",
    };
}
