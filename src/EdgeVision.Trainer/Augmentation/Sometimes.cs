namespace EdgeVision.Trainer;

/// <summary>Another augmentation, in a share of all cases.</summary>
internal sealed record Sometimes(float Probability, IAugmentation Inner) : IAugmentation
{
    public string Name => Inner.Name;

    public void Apply(Sample sample, RandomStream random)
    {
        if (random.Chance(Probability))
        {
            Inner.Apply(sample, random);
        }
    }
}
