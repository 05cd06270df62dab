using System.Globalization;
using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>Structured pruning: takes whole channels out of a network until a share of its MACs remains, and leaves a smaller network of the same operators.</summary>
/// <remarks>
/// In: a float model, changed in place (inputs and outputs keep their shapes). Out: what became of every layer, and which could not shrink and why.
/// Accuracy is lost and comes back by training; nothing is trained here. Only <see cref="Importance.BatchNormScale"/> wants batch normalisations that are not folded yet; clean the graph afterwards then.
/// Example: <c>ChannelPruner.Prune(model, new PruningOptions { Macs = 0.75, RoundTo = 16 })</c>. Same model and options, same result. One thread.
/// </remarks>
public static class ChannelPruner
{
    /// <exception cref="CompressionException">Quantised already, nothing that can shrink, a target that cannot be reached (says what can), an input of unknown lengths, an unknown node to keep, or an option out of range.</exception>
    public static PruningReport Prune(OnnxModel model, PruningOptions options)
    {
        RequireInRange(options);
        PruningRules.RequireLengths(model.Graph, options.InputShapes);
        var groups = ChannelGroups.Of(model, options.InputShapes, options.Keep);
        var costs = new LayerCosts(groups);
        RequireShrinkable(groups, costs);
        var removed = Choose(groups, costs, options);
        var (keep, parameters) = (new ChannelKeep(groups.Trace.Sets, removed), Parameters(groups));
        groups.Remove(removed);
        return new PruningReport((long)costs.Total, (long)Math.Round(costs.Remaining(keep)), parameters, Parameters(groups), costs.Layers(keep), groups.Blocked);
    }

    private static IReadOnlySet<int> Choose(ChannelGroups groups, LayerCosts costs, PruningOptions options)
    {
        var plan = new PruningPlan(groups, costs, options);
        if (plan.Least > options.Macs + 0.02)
        {
            throw new CompressionException(Text($"{options.Macs:0.####} of the MACs is out of reach: {plan.Least:0.00} is the least that these options leave. Ask for more, keep fewer nodes, or round to a smaller multiple."));
        }

        var removed = plan.Nearest(options.Macs);
        return removed.Count > 0 ? removed
            : throw new CompressionException(Text($"Rounded to multiples of {options.RoundTo} no channel goes at {options.Macs:0.####} of the MACs; the first step leaves {plan.Lightest():0.00}. Ask for that, or round to a smaller multiple."));
    }

    private static void RequireInRange(PruningOptions options)
    {
        if (options.Macs is not (> 0 and < 1) || options.RoundTo < 1 || options.MinimumChannels < 1)
        {
            throw new CompressionException(Text($"The share of MACs must lie between 0 and 1 (it is {options.Macs}), the multiple and the least number of channels must be 1 or more (they are {options.RoundTo} and {options.MinimumChannels})."));
        }
    }

    private static void RequireShrinkable(ChannelGroups groups, LayerCosts costs)
    {
        if (groups.Groups.Count == 0 || costs.Total == 0)
        {
            var reason = groups.Blocked.Count > 0 ? $"{groups.Blocked[0].Node} has to stay, because {groups.Blocked[0].Reason}" : "it has no convolution or matrix product with constant weights and known shapes";
            throw new CompressionException($"No channel of this network can go: {reason}. Clean the graph first; where lengths of inputs are open, say them.");
        }
    }

    private static long Parameters(ChannelGroups groups) => ModelSummary.Of(groups.Trace.Model, groups.InputShapes).Parameters;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
