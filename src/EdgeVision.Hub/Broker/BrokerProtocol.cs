namespace EdgeVision.Hub;

/// <summary>Which MQTT is spoken with a broker.</summary>
public enum BrokerProtocol
{
    /// <summary>MQTT 5; a broker that refuses it is spoken to in 3.1.1.</summary>
    V5,

    /// <summary>MQTT 3.1.1 only.</summary>
    V311,
}
