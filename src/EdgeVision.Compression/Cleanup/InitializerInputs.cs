namespace EdgeVision.Compression;

/// <summary>Files before IR 4 list their constants as inputs, as if a caller might give others; then nothing that depends on them is constant.</summary>
internal static class InitializerInputs
{
    public static void Apply(CleanupRun run)
    {
        var constants = run.Graph.Proto.Input.Select(input => input.Name).Where(name => run.Graph.Initializer(name) is not null).ToArray();
        run.Model.InitializersOutOfInputs();
        foreach (var constant in constants)
        {
            run.Record("constant no longer an input", constant);
        }
    }
}
