using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>What the steps of a deployment share: made once by <see cref="ModelUpdater"/>.</summary>
internal sealed record UpdateParts(UpdateOptions Options, UpdateSite Site, TimeProvider Time, ILogger Logger, Action<string> FaultPoint)
{
    public required UpdateJournal Journal { get; init; }

    public required SlotStore Packages { get; init; }

    public required ServingFloors Floors { get; init; }

    public required RequestBox Requests { get; init; }

    public required ReportBoard Board { get; init; }
}
