namespace EdgeVision.Packaging;

/// <summary>The messages of <c>onnx.proto</c> that the walker goes into; what is not here is passed over unread.</summary>
internal enum OnnxMessage
{
    None,
    Model,
    OperatorSet,
    Function,
    Graph,
    Node,
    Attribute,
    Tensor,
    SparseTensor,
    ValueInfo,
    Type,
    TypeOfElements,
    TypeOfMap,
}
