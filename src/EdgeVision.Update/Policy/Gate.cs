namespace EdgeVision.Update;

/// <summary>Whether a policy lets an update go on: open, closed until an instant, or held until somebody acts.</summary>
/// <remarks>
/// Example, Monday noon with the window 01:00-04:00: not open, Until = Tuesday 01:00, code 602. A held gate has no Until: whoever waits looks again
/// from time to time. The reason is a sentence for an operator. Immutable, any thread.
/// </remarks>
/// <param name="Code">None where the gate is open, else <see cref="UpdateCode.Window"/> or <see cref="UpdateCode.Hold"/>.</param>
public sealed record Gate(UpdateCode Code, string Reason, DateTimeOffset? Until)
{
    public static readonly Gate Open = new(UpdateCode.None, "", null);

    public bool IsOpen => Code == UpdateCode.None;

    public static Gate ClosedUntil(DateTimeOffset instant, string reason) => new(UpdateCode.Window, reason, instant);

    public static Gate Held(string reason, UpdateCode code = UpdateCode.Hold) => new(code, reason, null);
}
