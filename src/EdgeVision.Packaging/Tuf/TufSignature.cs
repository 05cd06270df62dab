namespace EdgeVision.Packaging.Tuf;

/// <summary>One signature of an envelope. Neither its bytes nor its key id say who signed: only a key that verifies it does.</summary>
/// <param name="KeyId">A hint which key to try.</param>
/// <param name="Value">Hex; empty where a signer has not signed yet.</param>
public sealed record TufSignature(string KeyId, string Value);
