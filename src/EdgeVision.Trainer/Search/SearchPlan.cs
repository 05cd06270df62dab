namespace EdgeVision.Trainer.Search;

/// <summary>What a search goes through; the same plan draws the same trials.</summary>
/// <param name="Data">Digest of the frozen set.</param>
/// <param name="Budget">Trials that are drawn, 1 to 1,000.</param>
/// <param name="Epochs">Of the last rung.</param>
/// <param name="Samples">Pictures to learn from; 0 = all.</param>
/// <param name="Models">Names of the networks among which is drawn.</param>
internal sealed record SearchPlan(string Data, int Budget, int Epochs, int Samples, IReadOnlyList<string> Models, long Seed, int Threads)
{
    private const int Part = 3;

    /// <summary>Successive halving (Jamieson and Talwalkar 2016, 1502.07943; the bracket of Li et al. 2018, 1603.06560, with a third kept): many trials for few epochs, the best third for three times as many, and so on.</summary>
    /// <remarks>Example: 9 trials and 9 epochs are 9 for 1, 3 for 3 and 1 for 9.</remarks>
    public IReadOnlyList<(int Trials, int Epochs)> Rungs()
    {
        var rungs = new List<(int, int)>();
        var (trials, epochs) = (Budget, (double)Epochs);
        while (trials >= Part && epochs >= Part)
        {
            (trials, epochs) = (trials / Part, epochs / Part);
        }

        for (trials = Budget; rungs.Count == 0 || rungs[^1].Item2 < Epochs; (trials, epochs) = (Math.Max(1, trials / Part), epochs * Part))
        {
            rungs.Add((trials, (int)Math.Round(epochs)));
        }

        return rungs;
    }
}
