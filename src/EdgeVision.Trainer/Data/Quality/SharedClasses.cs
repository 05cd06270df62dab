using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>One list of classes for several sets, each of which has met its classes in an order of its own.</summary>
/// <remarks>Example: a set whose first picture is a 9 counts 9 as its class 0; here the classes are 0 to 9. Immutable.</remarks>
internal sealed class SharedClasses
{
    private readonly int[][] _ofSource;

    /// <param name="wanted">In the order that is wanted; empty = all, in natural order.</param>
    /// <exception cref="TrainerException">A set has a class that is not wanted.</exception>
    public SharedClasses(IReadOnlyList<Dataset> sets, IReadOnlyList<VersionSource> sources, IReadOnlyList<string> wanted)
    {
        // Numbered classes have their order by their list of names.
        var classes = new DatasetClasses(wanted.Count > 0 ? wanted : sources[0].Labels.Count > 0 ? sets[0].Classes.Names : [.. sets.SelectMany(set => set.Classes.Names).Order(NaturalOrder.Instance)]);
        Names = classes.Names;
        _ofSource = [.. sets.Select((set, i) => set.Classes.Names.Select(name => Require(classes, name, sources[i].Path)).ToArray())];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>A class of a source as an index into <see cref="Names"/>; -1 stays -1.</summary>
    public int Of(int source, int classId) => classId < 0 ? -1 : _ofSource[source][classId];

    private static int Require(DatasetClasses classes, string name, string path) => classes.OfTruth(name) is >= 0 and var id ? id : throw new TrainerException(
        $"{path} has a class '{name}' that is not among those wanted ({NearestName.For(name, classes.Names)}). Correct the labels, rename it with --map {name}=OURS, or leave it out with --map {name}=.");
}
