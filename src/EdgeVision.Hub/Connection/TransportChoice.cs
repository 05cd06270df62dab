namespace EdgeVision.Hub;

/// <summary>Which transport the next attempt takes: the one configured, or under <see cref="HubTransport.Auto"/> the other one whenever this one leads nowhere.</summary>
/// <remarks>A refusal by the hub itself changes nothing, because it came through; so the one that worked last stays. Not thread-safe.</remarks>
internal sealed class TransportChoice(HubTransport configured)
{
    public HubTransport Next { get; private set; } = configured == HubTransport.Auto ? HubTransport.Mqtt : configured;

    /// <summary>The attempt ended before the hub had said a word.</summary>
    public void NotReached(HubFailure failure)
    {
        if (configured == HubTransport.Auto && failure is HubFailure.Unreachable or HubFailure.TimedOut or HubFailure.Closed or HubFailure.Proxy)
        {
            Next = Next == HubTransport.Mqtt ? HubTransport.WebSocket : HubTransport.Mqtt;
        }
    }
}
