namespace EdgeVision.Update;

/// <summary>A verdict with its reason.</summary>
/// <param name="RetryAfter">What the server asked for.</param>
internal sealed record Answer(AnswerVerdict Verdict, UpdateCode Code = UpdateCode.None, string Reason = "", TimeSpan? RetryAfter = null);
