namespace EdgeVision.Compression;

/// <summary>Every node gets a name of its own, because plans and reports name nodes. A name that stands twice stays with the first.</summary>
internal static class NodeNaming
{
    public static void Apply(CleanupRun run)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in run.Graph.Nodes)
        {
            if (node.Name.Length > 0 && taken.Add(node.Name))
            {
                continue;
            }

            node.Name = run.Graph.NewName(node.Name.Length > 0 ? node.Name : $"{node.OpType}_{node.Output.FirstOrDefault()}");
            run.Graph.Touch();
            taken.Add(node.Name);
            run.Record("node named", node);
        }
    }
}
