namespace EdgeVision.Trainer.Training;

/// <summary>What a classifier answered to pictures, before probabilities are made of it, with their true classes.</summary>
/// <param name="classes">Logits of each picture.</param>
internal sealed class LogitTable(int classes)
{
    private readonly List<float> _logits = [];
    private readonly List<int> _labels = [];

    public int Classes => classes;

    public int Count => _labels.Count;

    public int LabelOf(int picture) => _labels[picture];

    /// <param name="logits">As many rows as labels.</param>
    public void Add(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels)
    {
        _logits.AddRange(logits);
        _labels.AddRange(labels);
    }

    /// <summary>Probabilities of one picture's classes: softmax of the logits divided by the temperature.</summary>
    public double[] SharesOf(int picture, double temperature = 1)
    {
        var (shares, largest, sum) = (new double[classes], Largest(picture), 0.0);
        for (var id = 0; id < classes; id++)
        {
            sum += shares[id] = Math.Exp((Logit(picture, id) - largest) / temperature);
        }

        return Array.ConvertAll(shares, share => share / sum);
    }

    /// <summary>Mean over the pictures of minus the logarithm of the true class's probability.</summary>
    /// <param name="spread">Part of each truth that is spread over all classes.</param>
    public double LossAt(double temperature, double spread = 0)
    {
        var total = 0.0;
        for (var picture = 0; picture < Count; picture++)
        {
            var (largest, sum, mean) = (Largest(picture), 0.0, 0.0);
            for (var id = 0; id < classes; id++)
            {
                var logit = (Logit(picture, id) - largest) / temperature;
                sum += Math.Exp(logit);
                mean += logit / classes;
            }

            total += Math.Log(sum) - (1 - spread) * (Logit(picture, LabelOf(picture)) - largest) / temperature - spread * mean;
        }

        return total / Count;
    }

    /// <summary>How sure each picture's first answer is, and whether it is right.</summary>
    public IEnumerable<(double Confidence, bool IsRight)> FirstAnswers(double temperature = 1)
    {
        for (var picture = 0; picture < Count; picture++)
        {
            var shares = SharesOf(picture, temperature);
            var first = Array.IndexOf(shares, shares.Max());
            yield return (shares[first], first == LabelOf(picture));
        }
    }

    private float Logit(int picture, int id) => _logits[picture * classes + id];

    private double Largest(int picture)
    {
        var largest = double.NegativeInfinity;
        for (var id = 0; id < classes; id++)
        {
            largest = Math.Max(largest, Logit(picture, id));
        }

        return largest;
    }
}
