namespace EdgeVision.Agent.Tests;

/// <summary>Tests that measure the whole process's memory, or a model's speed: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
