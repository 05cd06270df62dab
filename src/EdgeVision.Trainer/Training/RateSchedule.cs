namespace EdgeVision.Trainer.Training;

/// <summary>How the learning rate goes over a training.</summary>
internal enum RateSchedule
{
    /// <summary>The same all the time, after the warm-up.</summary>
    Constant,

    /// <summary>Half a cosine down to 0 (Loshchilov and Hutter 2017, 1608.03983).</summary>
    Cosine,
}
