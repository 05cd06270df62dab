namespace EdgeVision.Cloud.Forwarding;

/// <summary>What came of sending messages.</summary>
/// <param name="Taken">So many from the first on are with the destination for good.</param>
/// <param name="Failure">Why not more.</param>
/// <param name="Reason">In words; empty when all went well. Without secrets.</param>
/// <param name="RetryAfter">What the destination asked for.</param>
internal sealed record Delivery(int Taken, DeliveryFailure Failure = DeliveryFailure.None, string Reason = "", TimeSpan? RetryAfter = null);
