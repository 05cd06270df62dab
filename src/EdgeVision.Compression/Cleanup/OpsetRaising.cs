using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>One generation of operators, so that each rule of this room is written once.</summary>
internal static class OpsetRaising
{
    public static void Apply(CleanupRun run)
    {
        if (run.Model.Opset < OpsetUpgrade.Newest)
        {
            run.Record($"operators of version {run.Model.Opset} rewritten in version {OpsetUpgrade.Newest}", run.Model.Name);
            OpsetUpgrade.Raise(run.Model);
        }
    }
}
