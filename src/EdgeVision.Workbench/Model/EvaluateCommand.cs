using System.CommandLine;
using EdgeVision.Compression;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary><c>model evaluate</c>: how good a model is on a data set, and what another one loses or wins on the same pictures.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "folder of a model package", Required = true, HelpName = "DIR" };
    private static readonly Option<string?> Compare = new("--compare") { Description = "another package on the same pictures: what it loses against --model, picture by picture", HelpName = "DIR" };
    private static readonly Option<string?> IgnoreCharacters = new("--ignore-characters") { Description = "characters that do not count in texts; · when not given", HelpName = "TEXT" };

    public static Command Create()
    {
        var command = new Command("evaluate", "measure a model on pictures with truth: top1, AP50 or texts, with 95 % intervals")
        {
            Model, EvaluationOptionSet.Variant, EvaluationOptionSet.Data, Compare, EvaluationOptionSet.CompareVariant, EvaluationOptionSet.Limit, EvaluationOptionSet.Threads, EvaluationOptionSet.Images,
            EvaluationOptionSet.ClassNames, AliasOption.Map, IgnoreCharacters, EvaluationOptionSet.MaxUnreadable, ModelOptions.Json,
        };
        command.SetAction((arguments, stop) => Task.Run(() => Run(arguments, stop), CancellationToken.None));
        return command;
    }

    private static void Run(ParseResult arguments, CancellationToken stop)
    {
        var package = EvaluationOptionSet.Open(arguments.GetRequiredValue(Model), arguments.GetValue(EvaluationOptionSet.Variant));
        var other = Other(arguments, package);
        using var dataset = Dataset.Open(arguments.GetRequiredValue(EvaluationOptionSet.Data), EvaluationOptionSet.DatasetOptionsOf(arguments, package));
        var (evaluation, compared) = EvaluationOptionSet.Watched(arguments, bar =>
        {
            // Without truth the other model is the truth.
            var isAgreement = dataset.Kind == DatasetKind.Pictures;
            var first = Measure(package, dataset, arguments, isAgreement ? other : null, bar(package.Variant), stop);
            return (first, other is null || isAgreement ? null : Measure(other, dataset, arguments, null, bar($"{other.Manifest.Model} {other.Variant}"), stop));
        });
        EvaluationText.Print(new EvaluationAnswer(package, dataset, evaluation, other, compared), arguments.GetValue(ModelOptions.Json));
    }

    private static ModelPackage? Other(ParseResult arguments, ModelPackage package)
    {
        var variant = arguments.GetValue(EvaluationOptionSet.CompareVariant);
        if (arguments.GetValue(Compare) is not { } directory)
        {
            return variant is null ? null : package.Select(variant); // another form of the same package
        }

        var other = EvaluationOptionSet.Open(directory, variant);
        return package.ReadLabels().SequenceEqual(other.ReadLabels(), StringComparer.Ordinal) ? other : throw new CompressionException(
            $"{package.Manifest.Model} and {other.Manifest.Model} have different labels, so their figures mean different things. Evaluate each alone, or compare them with: edgevision model compare A B --data PICTURES");
    }

    private static Evaluation Measure(ModelPackage package, Dataset dataset, ParseResult arguments, ModelPackage? reference, IProgress<double>? progress, CancellationToken stop)
    {
        var threads = arguments.GetValue(EvaluationOptionSet.Threads);
        using var model = Evaluator.Load(package, dataset.Kind, threads);
        using var other = reference is null ? null : Evaluator.Load(reference, dataset.Kind, threads);
        var options = new EvaluationOptions { Reference = other, MaxUnreadable = arguments.GetValue(EvaluationOptionSet.MaxUnreadable) };
        options = arguments.GetValue(IgnoreCharacters) is { } ignored ? options with { IgnoredCharacters = ignored } : options;
        return Evaluator.Evaluate(model, dataset, options, progress, stop);
    }
}
