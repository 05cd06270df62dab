namespace EdgeVision.Compression;

/// <summary>Nodes that nobody reads from, and then the constants that nobody reads.</summary>
internal static class DeadEnds
{
    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.TopologicalOrder().Reverse())
        {
            if (node.Output.All(value => run.Graph.ConsumersOf(value).Count == 0 && !run.Graph.IsOutput(value)))
            {
                run.Graph.Remove(node);
                run.Record("dead end removed", node);
            }
        }

        foreach (var tensor in run.Graph.Proto.Initializer.Where(tensor => run.Graph.ConsumersOf(tensor.Name).Count == 0 && !run.Graph.IsOutput(tensor.Name)).ToArray())
        {
            run.Graph.RemoveInitializer(tensor.Name);
            run.Record("unused constant removed", tensor.Name);
        }
    }
}
