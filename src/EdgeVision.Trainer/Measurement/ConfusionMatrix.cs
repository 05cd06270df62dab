namespace EdgeVision.Trainer.Measurement;

/// <summary>How often which class was answered to which.</summary>
/// <remarks>Example: of 4 cats 3 are answered as such and 1 as a dog, of 2 dogs both: cats have recall 0.75 and precision 1, dogs recall 1 and precision 2/3. Shares of nothing are 0.</remarks>
internal sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    public ConfusionMatrix(IEnumerable<JudgedPicture> pictures, int classes)
    {
        (Classes, _counts) = (classes, new int[classes, classes]);
        foreach (var picture in pictures)
        {
            _counts[picture.Truth, picture.Answer]++;
        }
    }

    public int Classes { get; }

    public int this[int truth, int answer] => _counts[truth, answer];

    /// <summary>Pictures of the class.</summary>
    public int Support(int id) => Enumerable.Range(0, Classes).Sum(answer => _counts[id, answer]);

    public double Recall(int id) => Share(_counts[id, id], Support(id));

    public double Precision(int id) => Share(_counts[id, id], Enumerable.Range(0, Classes).Sum(truth => _counts[truth, id]));

    /// <summary>Harmonic mean of both.</summary>
    public double F1(int id) => Share(2 * Precision(id) * Recall(id), Precision(id) + Recall(id));

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
