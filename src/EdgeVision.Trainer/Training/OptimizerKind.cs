namespace EdgeVision.Trainer.Training;

/// <summary>How gradients change weights.</summary>
internal enum OptimizerKind
{
    /// <summary>Kingma and Ba 2015, 1412.6980; weight decay is part of the gradient.</summary>
    Adam,

    /// <summary>Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019, 1711.05101).</summary>
    AdamW,

    /// <summary>Gradient descent with Nesterov's momentum.</summary>
    Momentum,
}
