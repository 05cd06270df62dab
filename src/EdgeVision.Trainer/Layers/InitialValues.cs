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

        var random = RandomStream.For(seed, parameter.Name);
        foreach (ref var value in values)
        {
            value = parameter.Spec.Deviation * random.Normal();
        }
    }
}
