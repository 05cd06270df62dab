namespace EdgeVision.Agent;

/// <summary>Whether the kernel slows this machine down because it is hot: a zone at or above its passive trip point.</summary>
internal static class ThermalTrip
{
    /// <param name="zones">The kernel's thermal zones; another folder in tests.</param>
    /// <returns>The zone, its temperature and its trip point in words; null where nothing is slowed down or nothing can be read.</returns>
    public static string? Find(string zones = "/sys/class/thermal") => Directory.Exists(zones)
        ? Directory.GetDirectories(zones, "thermal_zone*").Order(StringComparer.Ordinal).Select(Of).FirstOrDefault(words => words is not null)
        : null;

    private static string? Of(string zone)
    {
        var temperature = ProcessFigures.Number(Path.Combine(zone, "temp"));
        foreach (var type in Directory.GetFiles(zone, "trip_point_*_type").Order(StringComparer.Ordinal))
        {
            var limit = ProcessFigures.Number(type.Replace("_type", "_temp", StringComparison.Ordinal));
            if (ProcessFigures.Lines(type) is ["passive", ..] && limit > 0 && temperature >= limit)
            {
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path.GetFileName(zone)} has {temperature / 1000:0.0} C, it is slowed down from {limit / 1000:0.0} C on");
            }
        }

        return null;
    }
}
