namespace EdgeVision.Capture.Tests;

/// <summary>For tests that count what the process has open: beside others they would count theirs.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
