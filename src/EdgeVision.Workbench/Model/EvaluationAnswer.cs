using EdgeVision.Compression;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary>What was measured.</summary>
/// <param name="Other">The model it was compared with; for agreement, the one it was held against.</param>
/// <param name="Compared">The other's own figures on the same pictures; null for agreement.</param>
internal sealed record EvaluationAnswer(ModelPackage Package, Dataset Dataset, Evaluation Evaluation, ModelPackage? Other, Evaluation? Compared)
{
    private const int MaxWorst = 10;

    /// <summary>The other against the model, picture by picture.</summary>
    public PairedResult? Paired { get; } = Compared is null ? null : PairedComparison.Of(Evaluation, Compared);

    /// <summary>agreement: the pictures on which the two differ most, worst first.</summary>
    public IEnumerable<ItemOutcome> Worst => Evaluation.Metric != "agreement" ? [] : Evaluation.Items.Where(item => !item.IsRight).OrderBy(item => item.Score).Take(MaxWorst);
}
