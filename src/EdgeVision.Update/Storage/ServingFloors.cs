using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>What can be served, best first: the active package, the previous one, the factory's. Only what is whole.</summary>
internal sealed partial class ServingFloors(PackageStore packages, UpdateOptions options, ILogger logger)
{
    /// <summary>Lazy, because each is read and hashed. The last has no slot: the factory package.</summary>
    /// <exception cref="PackageException">Not even the factory package can be served.</exception>
    public IEnumerable<(Slot? Slot, ModelPackage Package)> Of(UpdateRecord record)
    {
        foreach (var slot in new[] { record.Active, record.Previous, record.Older })
        {
            if (slot is null)
            {
                break; // the factory package was before the oldest slot
            }

            if (packages.TryOpen(slot, out var problem) is { } package)
            {
                yield return (slot, package);
            }
            else
            {
                Log.SlotDamaged(logger, problem);
            }
        }

        yield return (null, ModelPackage.Open(options.FactoryDirectory));
    }

    /// <summary>The record with the slots above this one gone.</summary>
    public static UpdateRecord From(UpdateRecord record, Slot? slot) =>
        slot == record.Active ? record
        : slot is not null && slot == record.Previous ? record with { Active = slot, Previous = record.Older, Older = null }
        : record with { Active = slot, Previous = null, Older = null };

    private static partial class Log
    {
        [LoggerMessage(6020, LogLevel.Error, "A stored package cannot be served, trying an older one: {Problem}")]
        public static partial void SlotDamaged(ILogger logger, string problem);
    }
}
