using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>top1, and top5 where the model names at least five.</summary>
internal sealed class ClassScorer(DatasetClasses classes) : IPictureScorer
{
    private const int Five = 5;

    private int _pictures;
    private int _amongFive;
    private bool _hasFive = true;

    public string Metric => "top1";

    public IReadOnlyDictionary<string, double> Further =>
        _hasFive && _pictures > 0 ? new Dictionary<string, double> { ["top5"] = (double)_amongFive / _pictures } : new Dictionary<string, double>();

    public ItemOutcome Score(DatasetItem item, Frame frame, VisionResult result)
    {
        var said = result.Classes;
        _pictures++;
        _hasFive &= said.Count >= Five;
        _amongFive += said.Take(Five).Any(score => classes.OfModel(score.ClassId) == item.Truth.ClassId) ? 1 : 0;
        var first = said.Count > 0 ? classes.OfModel(said[0].ClassId) : -1;
        return new ItemOutcome(item.Name, first == item.Truth.ClassId ? 1 : 0, Name(item.Truth.ClassId), Name(first));
    }

    private string Name(int id) => id >= 0 ? classes.Names[id] : "nothing";
}
