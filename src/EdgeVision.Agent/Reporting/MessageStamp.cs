using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>Fills in what stands on every message. Under the reporter's lock, so that numbers are given in the order of sending.</summary>
internal sealed class MessageStamp(string device, Func<ModelIdentity> active, Func<string> configHash, ClockQuality clock, TimeProvider time)
{
    private readonly string _bootId = Guid.NewGuid().ToString("N");
    private readonly long _started = time.GetTimestamp();
    private long _sequence;

    public string BootId => _bootId;

    public double Uptime => Math.Round(time.GetElapsedTime(_started).TotalSeconds, 3);

    /// <summary>The model in service now.</summary>
    public ModelIdentity Model() => active();

    public MessageHeader Next(string type, ModelIdentity model) => new()
    {
        Type = type, Device = device, BootId = _bootId, Sequence = _sequence++, Time = time.GetUtcNow(), Clock = clock.State,
        Uptime = Uptime, Model = new ModelFigures(model.Name, model.Version, model.Digest), ConfigHash = configHash(),
    };
}
