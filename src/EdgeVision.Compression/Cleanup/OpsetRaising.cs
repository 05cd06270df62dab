using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>One generation of operators, so that each rule of this room is written once.</summary>
internal static class OpsetRaising
{
    private const int Opset = 17;
    private const int IrVersion = 8;

    public static void Apply(CleanupRun run)
    {
        if (run.Model.Opset < Opset)
        {
            run.Record($"operators of version {run.Model.Opset} rewritten in version {Opset}", run.Graph.Proto.Name);
            OpsetUpgrade.Raise(run.Model, Opset);
            run.Model.Proto.IrVersion = Math.Max(run.Model.Proto.IrVersion, IrVersion);
        }
    }
}
