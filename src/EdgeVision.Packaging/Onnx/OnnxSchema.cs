using static EdgeVision.Packaging.OnnxMessage;

namespace EdgeVision.Packaging;

/// <summary>Which field of which message holds a message: every way to a tensor, a graph or an operator set (onnx.proto, IR version 13).</summary>
internal static class OnnxSchema
{
    public static OnnxPart Find(OnnxMessage parent, int field) => parent switch
    {
        Model => OfModel(field),
        Function => OfFunction(field),
        Graph => OfGraph(field),
        Node => field == 5 ? Many(OnnxMessage.Attribute, "attribute") : default,
        OnnxMessage.Attribute => OfAttribute(field),
        SparseTensor => field switch { 1 => One(Tensor, "values"), 2 => One(Tensor, "indices"), _ => default },
        ValueInfo => field == 2 ? One(OnnxMessage.Type, "type") : default,
        OnnxMessage.Type => OfType(field),
        TypeOfElements => field == 1 ? One(OnnxMessage.Type, "elem_type") : default,
        TypeOfMap => field == 2 ? One(OnnxMessage.Type, "value_type") : default,
        _ => default,
    };

    private static OnnxPart OfModel(int field) => field switch
    {
        7 => One(Graph, "graph"),
        8 => Many(OperatorSet, "opset_import"),
        25 => Many(Function, "functions"),
        _ => default,
    };

    private static OnnxPart OfFunction(int field) => field switch
    {
        7 => Many(Node, "node"),
        9 => Many(OperatorSet, "opset_import"),
        11 => Many(OnnxMessage.Attribute, "attribute_proto"),
        12 => Many(ValueInfo, "value_info"),
        _ => default,
    };

    private static OnnxPart OfGraph(int field) => field switch
    {
        1 => Many(Node, "node"),
        5 => Many(Tensor, "initializer"),
        11 => Many(ValueInfo, "input"),
        12 => Many(ValueInfo, "output"),
        13 => Many(ValueInfo, "value_info"),
        15 => Many(SparseTensor, "sparse_initializer"),
        _ => default,
    };

    private static OnnxPart OfAttribute(int field) => field switch
    {
        5 => One(Tensor, "t"),
        6 => One(Graph, "g"),
        10 => Many(Tensor, "tensors"),
        11 => Many(Graph, "graphs"),
        14 => One(OnnxMessage.Type, "tp"),
        15 => Many(OnnxMessage.Type, "type_protos"),
        22 => One(SparseTensor, "sparse_tensor"),
        23 => Many(SparseTensor, "sparse_tensors"),
        _ => default,
    };

    private static OnnxPart OfType(int field) => field switch
    {
        4 => One(TypeOfElements, "sequence_type"),
        5 => One(TypeOfMap, "map_type"),
        9 => One(TypeOfElements, "optional_type"),
        _ => default,
    };

    private static OnnxPart One(OnnxMessage message, string name) => new(message, name, IsRepeated: false);

    private static OnnxPart Many(OnnxMessage message, string name) => new(message, name, IsRepeated: true);
}
