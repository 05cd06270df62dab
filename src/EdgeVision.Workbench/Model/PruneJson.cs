using System.Text.Json.Nodes;
using EdgeVision.Compression;

namespace EdgeVision.Workbench;

/// <summary>What pruning did, for machines.</summary>
internal static class PruneJson
{
    public static string Of(PrunedNetwork network, string target)
    {
        var report = network.Report;
        return new JsonObject
        {
            ["out"] = target,
            ["macs"] = Change(report.MacsBefore, report.MacsAfter),
            ["parameters"] = Change(report.ParametersBefore, report.ParametersAfter),
            ["bytes"] = Change(network.BytesBefore, network.Onnx.Length),
            ["layers"] = new JsonArray([.. report.Layers.Select(Layer)]),
            ["blocked"] = new JsonArray([.. report.Blocked.Select(Blocked)]),
        }.ToJsonString();
    }

    private static JsonObject Change(long before, long after) => new() { ["before"] = before, ["after"] = after, ["share"] = Math.Round((double)after / before, 4) };

    private static JsonObject Layer(PrunedLayer layer) => new()
    {
        ["node"] = layer.Node, ["operator"] = layer.Operator, ["channelsBefore"] = layer.Before, ["channels"] = layer.After, ["macsBefore"] = layer.MacsBefore, ["macs"] = layer.MacsAfter,
    };

    private static JsonObject Blocked(BlockedLayer layer) => new()
    {
        ["node"] = layer.Node, ["operator"] = layer.Operator, ["kept"] = layer.Kept, ["of"] = layer.Of, ["reason"] = layer.Reason,
    };
}
