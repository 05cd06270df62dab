using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>What the steps of a deployment share: made once by <see cref="ModelUpdater"/>.</summary>
internal sealed record UpdateParts(UpdateOptions Options, UpdateSite Site, TimeProvider Time, ILogger Logger, Action<string> FaultPoint)
{
    public required UpdateJournal Journal { get; init; }

    public required StateDisk Disk { get; init; }

    public required PackageStore Packages { get; init; }

    public required TrustStore Trust { get; init; }

    public required ServingFloors Floors { get; init; }

    public required RequestBox Requests { get; init; }

    public required ReportBoard Board { get; init; }

    /// <summary>Deletes what no slot needs, unless a newer daemon left slots that this one cannot read.</summary>
    public void Sweep()
    {
        if (Journal.MaySweep)
        {
            Packages.Sweep(Journal.Record);
        }
    }
}
