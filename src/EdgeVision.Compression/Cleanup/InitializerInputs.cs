namespace EdgeVision.Compression;

/// <summary>Files before IR 4 list their constants as inputs, as if a caller might give others; then nothing that depends on them is constant.</summary>
internal static class InitializerInputs
{
    private const int FirstWithoutThem = 4;

    public static void Apply(CleanupRun run)
    {
        var inputs = run.Graph.Proto.Input;
        foreach (var input in inputs.Where(input => run.Graph.Initializer(input.Name) is not null).ToArray())
        {
            inputs.Remove(input);
            run.Record("constant no longer an input", input.Name);
        }

        run.Model.Proto.IrVersion = Math.Max(run.Model.Proto.IrVersion, FirstWithoutThem);
    }
}
