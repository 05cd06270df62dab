namespace EdgeVision.Hub;

/// <summary>Who a CONNECT says it is.</summary>
/// <param name="Password">A SAS token; null where the TLS certificate speaks for the device.</param>
/// <param name="CleanSession">False = the other side keeps what is under way for the next connection.</param>
internal sealed record MqttIdentity(string ClientId, string UserName, string? Password, bool CleanSession);
