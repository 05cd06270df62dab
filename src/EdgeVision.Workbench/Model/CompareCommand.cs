using System.CommandLine;
using EdgeVision.Compression;

namespace EdgeVision.Workbench;

/// <summary><c>model compare</c>: how far two models say the same of pictures of which nothing needs to be known, and where they differ most.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string> First = new("A") { Description = "folder of a model package" };
    private static readonly Argument<string> Second = new("B") { Description = "folder of another; it is measured against A" };

    public static Command Create()
    {
        var command = new Command("compare", "how far two models agree on pictures: first classes, boxes (F1 at IoU 0.9), places or texts")
        {
            First, Second, EvaluationOptionSet.Data, EvaluationOptionSet.Variant, EvaluationOptionSet.CompareVariant, EvaluationOptionSet.Limit, EvaluationOptionSet.Threads, EvaluationOptionSet.Images,
            EvaluationOptionSet.MaxUnreadable, ModelOptions.Json,
        };
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private static void Run(ParseResult arguments, CancellationToken stop)
    {
        var first = EvaluationOptionSet.Open(arguments.GetRequiredValue(First), arguments.GetValue(EvaluationOptionSet.Variant));
        var second = EvaluationOptionSet.Open(arguments.GetRequiredValue(Second), arguments.GetValue(EvaluationOptionSet.CompareVariant));
        var options = new DatasetOptions { PicturesOnly = true, Limit = arguments.GetValue(EvaluationOptionSet.Limit), Pictures = arguments.GetValue(EvaluationOptionSet.Images) };
        using var dataset = Dataset.Open(arguments.GetRequiredValue(EvaluationOptionSet.Data), options);
        var threads = arguments.GetValue(EvaluationOptionSet.Threads);
        using var reference = Evaluator.Load(first, dataset.Kind, threads);
        using var model = Evaluator.Load(second, dataset.Kind, threads);
        var evaluation = EvaluationOptionSet.Watched(arguments, bar => Evaluator.Evaluate(
            model, dataset, new EvaluationOptions { Reference = reference, MaxUnreadable = arguments.GetValue(EvaluationOptionSet.MaxUnreadable) }, bar("compare"), stop));
        EvaluationText.Print(new EvaluationAnswer(second, dataset, evaluation, first, null), arguments.GetValue(ModelOptions.Json));
    }
}
