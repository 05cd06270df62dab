namespace EdgeVision.Onnx;

/// <summary>How a network computes in whole numbers, by ONNX Runtime's names.</summary>
public enum QuantFormat
{
    None,

    /// <summary>Float operators between QuantizeLinear and DequantizeLinear.</summary>
    Qdq,

    /// <summary>Operators of their own: QLinearConv, QLinearMatMul.</summary>
    QOperator,

    /// <summary>Ranges are found at every run: DynamicQuantizeLinear, ConvInteger, MatMulInteger.</summary>
    Dynamic,

    /// <summary>Weights in 8 bits behind a DequantizeLinear, everything computed in floats.</summary>
    WeightOnly,
}
