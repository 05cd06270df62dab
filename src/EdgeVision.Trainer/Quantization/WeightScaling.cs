namespace EdgeVision.Trainer.Quantization;

/// <summary>How many scales the 8-bit weights of a layer have.</summary>
internal enum WeightScaling
{
    /// <summary>One for each output channel.</summary>
    PerChannel,

    /// <summary>One for all: what simple integer hardware wants, and what networks with depthwise convolutions suffer from.</summary>
    PerTensor,
}
