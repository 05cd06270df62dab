using System.Text.Json.Serialization;

namespace EdgeVision.Packaging;

/// <summary>What the device must have. Empty = anything will do.</summary>
public sealed record ManifestRequirements
{
    public ManifestRequirements()
    {
    }

    [JsonConstructor]
    internal ManifestRequirements(IReadOnlyList<string>? arch = null, IReadOnlyList<string>? executionProviders = null, IReadOnlyList<string>? cameraProfile = null)
    {
        Arch = arch ?? Arch;
        ExecutionProviders = executionProviders ?? ExecutionProviders;
        CameraProfile = cameraProfile ?? CameraProfile;
    }

    /// <summary>Smallest daemon version, as in "0.1.0".</summary>
    public string? AgentMin { get; init; }

    /// <summary>Versions of ONNX Runtime that may run it, as in ">=1.20,&lt;2"; see <see cref="VersionRange"/>.</summary>
    public string? Ort { get; init; }

    /// <summary><c>x64</c>, <c>arm64</c>.</summary>
    public IReadOnlyList<string> Arch { get; init; } = [];

    /// <summary>Execution providers that may run it: <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>. Never silently another (I3).</summary>
    [JsonPropertyName("ep")]
    public IReadOnlyList<string> ExecutionProviders { get; init; } = [];

    public int? RamMiB { get; init; }

    public int? DiskMiB { get; init; }

    /// <summary>Kinds of camera it was trained for, as the site names them: <c>rgb-640</c>. One of them must be there.</summary>
    public IReadOnlyList<string> CameraProfile { get; init; } = [];
}
