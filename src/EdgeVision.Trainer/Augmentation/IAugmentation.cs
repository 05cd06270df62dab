namespace EdgeVision.Trainer;

/// <summary>One way to change a picture so that its truth stays true. Immutable, any thread; what it does depends on the stream alone.</summary>
internal interface IAugmentation
{
    /// <summary>What a policy calls it, to take it out: <c>standard,-flip</c>.</summary>
    string Name { get; }

    void Apply(Sample sample, RandomStream random);
}
