using System.Globalization;
using System.Runtime.InteropServices;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>Does this device meet a manifest's requirements? Asked before the files are fetched. Execution providers are the trial's to judge.</summary>
internal static class DeviceFit
{
    private const string Available = "MemAvailable:";

    public static StepFailure? Check(Manifest manifest, UpdateOptions options, DateTimeOffset now)
    {
        var requires = manifest.Requires;
        if (manifest.Expires < now)
        {
            return new StepFailure(UpdateCode.Expired, $"{manifest.Model} {manifest.Version} was to be used until {manifest.Expires:u}");
        }

        var arch = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        if (requires.Arch.Count > 0 && !requires.Arch.Contains(arch))
        {
            return new StepFailure(UpdateCode.Architecture, $"the model is for {string.Join(", ", requires.Arch)}, this device is {arch}");
        }

        var agent = typeof(DeviceFit).Assembly.GetName().Version!;
        if (requires.AgentMin is { } least && Version.Parse(least) > agent)
        {
            return new StepFailure(UpdateCode.Runtime, $"the model needs a daemon {least} or newer, this is {agent.ToString(3)}");
        }

        var memory = AvailableMiB();
        return requires.RamMiB > memory
            ? new StepFailure(UpdateCode.Memory, $"the model needs {requires.RamMiB} MiB of memory, {memory} MiB are free")
            : Cameras(requires.CameraProfile, options.CameraProfiles);
    }

    // A device that says nothing of its cameras is refused too, because one model serves them all and nobody would notice that it sees worse.
    private static StepFailure? Cameras(IReadOnlyList<string> trained, IReadOnlyList<string> here)
    {
        var others = here.Except(trained).ToArray();
        return trained.Count == 0 || (here.Count > 0 && others.Length == 0)
            ? null
            : new StepFailure(UpdateCode.Camera, $"the model is for cameras of profile {string.Join(", ", trained)}, "
                + (others.Length > 0 ? $"this device has {string.Join(", ", others)}" : "this device names none: set camera.profile"));
    }

    // The kernel's word for the machine, and the runtime's for the container around the process: the smaller one counts.
    private static long AvailableMiB()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20;
        var line = File.Exists("/proc/meminfo") ? File.ReadLines("/proc/meminfo").FirstOrDefault(text => text.StartsWith(Available, StringComparison.Ordinal)) : null;
        return line is null ? limit : Math.Min(limit, long.Parse(line[Available.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) >> 10);
    }
}
