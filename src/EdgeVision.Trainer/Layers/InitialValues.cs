using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Layers;

/// <summary>What parameters begin as. Each draws from a source of its own, by seed and name, so that a layer more or less changes no other layer.</summary>
internal static class InitialValues
{
    public static void Fill(GraphParameter parameter, long seed, Span<float> values)
    {
        if (parameter.Spec.Deviation == 0)
        {
            values.Fill(parameter.Spec.Start);
            return;
        }

        var random = NamedRandom.For(seed, parameter.Name);
        foreach (ref var value in values)
        {
            // Box and Muller 1958; 1 - x, because the logarithm needs above 0 and x is below 1.
            value = (float)(parameter.Spec.Deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
    }
}
