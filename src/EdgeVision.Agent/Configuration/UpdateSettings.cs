using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>From section <c>[update]</c> to what the room Update wants to be told.</summary>
internal static class UpdateSettings
{
    /// <summary>Asked anew for every gate, so that a reload is in effect at once.</summary>
    public static SitePolicy SiteOf(UpdateSection update)
    {
        var zone = update.TimeZone is { } name ? TimeZones.Find(name, out _) ?? TimeZoneInfo.Utc : TimeZoneInfo.Local; // the reader has seen that it is known
        return new SitePolicy
        {
            Window = update.Window is { } window ? MaintenanceWindow.TryParse(window, zone, out _) : null,
            Zone = zone,
            DeadlineOverridesWindow = update.DeadlineOverridesWindow,
            AllowMetered = update.AllowMetered,
            MaxKbps = update.MaxKbps,
            AutoActivate = update.AutoActivate,
            RevokedMakesWay = update.RevokedMakesWay,
        };
    }

    public static SiteConditions ConditionsOf(AgentOptions options) => new(options.Update.HoldFile ?? Path.Combine(options.Device.StateDirectory, "update.hold"), options.Update.MeteredFile);

    public static string AuditDirectoryOf(AgentOptions options) => options.Update.AuditDirectory ?? Path.Combine(options.Device.StateDirectory, "audit");

    public static UpdateOptions UpdateOf(AgentOptions options) => new()
    {
        StateDirectory = options.Device.StateDirectory, FactoryDirectory = options.Model.Directory, CaFile = options.Hub?.CaFile ?? options.Broker?.CaFile,
        TrustRootFile = options.Update.RootFile, ReserveBytes = (long)options.Update.MinFreeMegabytes << 20,
        CameraProfiles = [.. options.Cameras.Where(camera => camera.Enabled && camera.Profile is not null).Select(camera => camera.Profile!).Distinct()],
    };
}
