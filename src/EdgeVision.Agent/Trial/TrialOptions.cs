namespace EdgeVision.Agent;

/// <summary>How a new model is tried on this device, beside what its manifest asks for.</summary>
internal sealed record TrialOptions
{
    /// <summary>The program whose <c>exam</c> command is the examiner; the default is this very program, be its file replaced meanwhile.</summary>
    public string Examiner { get; init; } = "/proc/self/exe";

    /// <summary>An exam that has not ended by then is ended: a bad model. Default 60 s.</summary>
    public TimeSpan ExamTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Part of the frames that a shadow looks at. Default 0.04: fewer than one in twenty, so that its being there cannot show in the p95 of the model in service.</summary>
    public double ShadowShare { get; init; } = 0.04;

    /// <summary>Part of one core's time that a shadow takes at most. Default 0.25.</summary>
    public double CoreShare { get; init; } = 0.25;

    /// <summary>In place of the manifest's minutes, its frames in proportion; 0 = no shadow run, null = as the manifest says.</summary>
    public double? ShadowMinutes { get; init; }

    /// <summary>In place of the manifest's minutes, its frames in proportion; null = as the manifest says.</summary>
    public double? ProbationMinutes { get; init; }

    /// <summary>How often shadow run and probation are looked at. Default 250 ms.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A camera that gave no frame for longer gives none: the clocks of shadow run and probation stand still. Default 10 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A vision loop that has not come round for longer hangs in the new model. Default 3 s.</summary>
    public TimeSpan LongestFrame { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Over which latency, drops and drift are judged in probation. Default 15 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>MiB by which the process may grow while a new model works. Default 48.</summary>
    public double MemoryGrowthMiB { get; init; } = 48;

    /// <summary>MiB that a second model may take; null = nobody knows.</summary>
    public Func<double?> AvailableMiB { get; init; } = () => AvailableMemory.MiB;

    /// <summary>The hub may be out of reach for so long after an activation, the network itself being fine. Default 60 s.</summary>
    public TimeSpan HubPatience { get; init; } = TimeSpan.FromSeconds(60);
}
