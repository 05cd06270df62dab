namespace EdgeVision.Trainer.Tests.Training;

/// <summary>Tests that train with dropout or seed libtorch: one after the other, because the whole process has one source of chance.</summary>
[CollectionDefinition(Name)]
public sealed class Chance
{
    public const string Name = "libtorch's chance";
}
