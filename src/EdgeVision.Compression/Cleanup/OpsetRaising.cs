namespace EdgeVision.Compression;

/// <summary>One generation of operators, so that each rule of this room is written once.</summary>
internal static class OpsetRaising
{
    private const int Least = 13;

    public static void Apply(CleanupRun run)
    {
        if (run.Model.Opset < Least)
        {
            throw new CompressionException($"{run.Model.Name} is written in operators of version {run.Model.Opset}, {Least} is needed. Export it again.");
        }
    }
}
