namespace EdgeVision.Inference.Tests;

/// <summary>Tests that measure the whole process's memory: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
