using System.Diagnostics;

namespace EdgeVision.Benchmarks;

/// <summary>Durations of one thing, taken in turn with those of its rivals; compared by their medians because this machine has other work.</summary>
internal sealed class Samples
{
    private readonly List<double> _milliseconds = [];

    public double Median => Quantile(0.5);

    public void Add(double milliseconds) => _milliseconds.Add(milliseconds);

    public void Time(Action action, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            action();
        }

        Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / times);
    }

    public double Quantile(double quantile) => _milliseconds.Order().ElementAt((int)(quantile * (_milliseconds.Count - 1)));
}
