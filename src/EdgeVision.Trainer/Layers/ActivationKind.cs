namespace EdgeVision.Trainer.Layers;

/// <summary>What bends a value. ReLU is what integer arithmetic fuses best.</summary>
internal enum ActivationKind
{
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>x, or a tenth of it below 0.</summary>
    LeakyRelu,

    /// <summary>x * sigmoid(x).</summary>
    Silu,

    /// <summary>x * min(max(x / 6 + 1/2, 0), 1).</summary>
    HardSwish,

    Sigmoid,

    /// <summary>x * x.</summary>
    Square,
}
