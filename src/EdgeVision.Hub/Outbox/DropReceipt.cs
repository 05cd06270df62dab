namespace EdgeVision.Hub;

/// <summary>What had to make room, summed up: delivered as the event <c>outbox.dropped</c>.</summary>
/// <param name="Number">Of the device, from 1; a number that comes again with a higher count replaces the earlier one.</param>
/// <param name="Cause">Why.</param>
/// <param name="Priority">Of all of them.</param>
/// <param name="Count">Messages.</param>
/// <param name="First">The lowest sequence among them.</param>
/// <param name="Last">The highest.</param>
/// <param name="From">When the first was made, milliseconds since 1970 by the device's clock.</param>
/// <param name="To">When the last was.</param>
public sealed record DropReceipt(long Number, DropCause Cause, TelemetryPriority Priority, long Count, long First, long Last, long From, long To)
{
    internal DropReceipt With(DropReceipt more) => this with
    {
        Count = Count + more.Count, First = Math.Min(First, more.First), Last = Math.Max(Last, more.Last), From = Math.Min(From, more.From), To = Math.Max(To, more.To),
    };
}
