namespace EdgeVision.Hub.Tests;

/// <summary>For tests that count what the process has used or written: beside others they would count theirs.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
