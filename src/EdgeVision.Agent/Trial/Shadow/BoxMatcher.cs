using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>How many boxes of one model are boxes of the other: same class by name, half of them shared or more.</summary>
/// <remarks>
/// Greedy: the surest box of the candidate takes the box it shares most with, and nobody else gets that one. IoU exactly 0.5 matches.
/// Example: person at (0,0)-(10,10) against person at (0,0)-(10,12): 100 of 120 shared, 0.83, one match. Allocates nothing after the largest frame. One thread.
/// </remarks>
internal sealed class BoxMatcher
{
    private const float Enough = 0.5f;
    private bool[] _taken = new bool[64];

    /// <param name="map">Classes of the candidate as those of the active model.</param>
    public int Count(Detections active, Detections candidate, LabelMap map)
    {
        if (_taken.Length < active.Count)
        {
            _taken = new bool[active.Count * 2];
        }

        Array.Clear(_taken);
        var matched = 0;
        for (var i = 0; i < candidate.Count; i++)
        {
            if (Best(active, candidate.Boxes[i], map[candidate.ClassIds[i]]) is var best and >= 0)
            {
                _taken[best] = true;
                matched++;
            }
        }

        return matched;
    }

    private int Best(Detections active, BoundingBox box, int classId)
    {
        var (best, most) = (-1, Enough);
        for (var i = 0; i < active.Count; i++)
        {
            var shared = _taken[i] || active.ClassIds[i] != classId ? 0 : active.Boxes[i].IntersectionOverUnion(box);
            if (shared > most || (shared == most && best < 0))
            {
                (best, most) = (i, shared);
            }
        }

        return best;
    }
}
