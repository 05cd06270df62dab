namespace EdgeVision.Trainer;

/// <summary>Numbers in groups that only ever grow together (union-find with path halving). One thread.</summary>
internal sealed class DisjointSets
{
    private readonly int[] _parent;

    public DisjointSets(int count) => _parent = [.. Enumerable.Range(0, count)];

    /// <summary>The smallest number of the group.</summary>
    public int First(int number)
    {
        while (_parent[number] != number)
        {
            number = _parent[number] = _parent[_parent[number]];
        }

        return number;
    }

    public bool AreOne(int a, int b) => First(a) == First(b);

    public void Join(int a, int b)
    {
        var (first, second) = (First(a), First(b));
        _parent[Math.Max(first, second)] = Math.Min(first, second);
    }
}
