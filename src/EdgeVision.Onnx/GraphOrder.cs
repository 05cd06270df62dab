using EdgeVision.Onnx.Schema;

namespace EdgeVision.Onnx;

/// <summary>Nodes sorted so that each stands after those it reads from. Of two that could come next, the one that stood first does, so a sorted graph stays as it is.</summary>
internal static class GraphOrder
{
    public static List<NodeProto> Sort(IReadOnlyList<NodeProto> nodes, string name)
    {
        var producers = Producers(nodes);
        var readers = new List<int>[nodes.Count];
        var waits = new int[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var before in OnnxNode.Reads(nodes[i]).Select(value => producers.GetValueOrDefault(value, -1)).Where(index => index >= 0).Distinct())
            {
                (readers[before] ??= []).Add(i);
                waits[i]++;
            }
        }

        return Walk(nodes, readers, waits, name);
    }

    private static List<NodeProto> Walk(IReadOnlyList<NodeProto> nodes, List<int>[] readers, int[] waits, string name)
    {
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, nodes.Count).Where(i => waits[i] == 0).Select(i => (i, i)));
        var sorted = new List<NodeProto>(nodes.Count);
        while (ready.TryDequeue(out var next, out _))
        {
            sorted.Add(nodes[next]);
            foreach (var reader in readers[next] ?? [])
            {
                if (--waits[reader] == 0)
                {
                    ready.Enqueue(reader, reader);
                }
            }
        }

        return sorted.Count == nodes.Count
            ? sorted
            : throw new OnnxException($"{name}: {OnnxNode.Describe(nodes[Array.FindIndex(waits, wait => wait > 0)])} waits for its own output. A graph may hold no cycle.");
    }

    private static Dictionary<string, int> Producers(IReadOnlyList<NodeProto> nodes)
    {
        var producers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var value in nodes[i].Output.Where(value => value.Length > 0))
            {
                producers[value] = i;
            }
        }

        return producers;
    }
}
