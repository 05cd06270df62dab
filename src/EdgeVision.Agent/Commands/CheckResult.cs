namespace EdgeVision.Agent;

/// <summary>One line of <c>edgevisiond check</c>.</summary>
/// <param name="State"><c>ok</c>, <c>warning</c> or <c>failed</c>; only the last makes the exit code 1.</param>
/// <param name="Detail">What was found, and what to do where it is not ok.</param>
internal sealed record CheckResult(string Name, string State, string Detail)
{
    public const string FailedState = "failed";

    public static CheckResult Ok(string name, string detail) => new(name, "ok", detail);

    public static CheckResult Warning(string name, string detail) => new(name, "warning", detail);

    public static CheckResult Failed(string name, string detail) => new(name, FailedState, detail);
}
