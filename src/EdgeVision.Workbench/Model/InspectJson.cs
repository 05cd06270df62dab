using System.Text.Json.Nodes;
using EdgeVision.Onnx;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary><c>model inspect --json</c>: lengths that are open are -1, what is not known is null.</summary>
internal static class InspectJson
{
    public static JsonObject Of(ModelPackage? package, IReadOnlyList<InspectedModel> models) => new()
    {
        ["package"] = package is null ? null : new JsonObject
        {
            ["model"] = package.Manifest.Model, ["version"] = package.Manifest.Version, ["counter"] = package.Manifest.Counter, ["digest"] = package.Digest,
            ["decoder"] = package.Manifest.Decode.Decoder, ["variants"] = new JsonArray([.. package.Variants.Select(name => (JsonNode?)name)]),
        },
        ["networks"] = new JsonArray([.. models.Select(Of)]),
    };

    private static JsonObject Of(InspectedModel model) => new()
    {
        ["file"] = model.Name, ["variant"] = model.Variant, ["bytes"] = model.Bytes, ["opset"] = model.Summary.Opset, ["irVersion"] = model.Summary.IrVersion, ["producer"] = model.Summary.Producer,
        ["parameters"] = model.Summary.Parameters, ["weightBytes"] = model.Summary.WeightBytes, ["macs"] = model.Summary.Macs,
        ["quantization"] = Name(model.Summary.Quantization), ["precision"] = model.Verdict.Precision,
        ["inputs"] = Of(model.Summary.Inputs), ["outputs"] = Of(model.Summary.Outputs),
        ["operators"] = new JsonObject(model.Summary.Operators.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["customDomains"] = new JsonArray([.. model.Summary.CustomDomains.Select(domain => (JsonNode?)domain)]),
        ["heaviest"] = new JsonArray([.. model.Heaviest.Select(Of)]),
        ["deviceAccepts"] = model.Verdict.IsOk, ["deviceRefusal"] = model.Verdict.IsOk ? null : model.Verdict.Describe(model.Name),
    };

    private static JsonArray Of(IEnumerable<ValueSummary> values) => new([.. values.Select(value => new JsonObject { ["name"] = value.Name, ["type"] = value.Shape?.Type.ToString().ToLowerInvariant(), ["shape"] = Of(value.Shape) })]);

    private static JsonObject Of(NodeCost node) => new()
    {
        ["name"] = node.Name, ["operator"] = node.Operator, ["macs"] = node.Macs, ["parameters"] = node.Parameters, ["output"] = Of(node.Output),
    };

    private static JsonArray? Of(ValueShape? shape) => shape is null ? null : new([.. shape.Lengths.Select(length => (JsonNode?)length)]);

    private static string Name(QuantFormat format) => format switch
    {
        QuantFormat.Qdq => "qdq",
        QuantFormat.QOperator => "qoperator",
        QuantFormat.Dynamic => "dynamic",
        QuantFormat.WeightOnly => "weight-only",
        _ => "none",
    };
}
