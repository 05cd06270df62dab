using Spectre.Console;

namespace EdgeVision.Workbench;

/// <summary>Bars with the time left for what takes longer than a moment, on standard error, so that standard output holds only the result.</summary>
/// <remarks>Where standard error is no terminal, each piece of work is one line when it begins. Example: <c>ProgressDisplay.Run(display => Work(display.Task("calibrate"), stop))</c>. Progress may be reported from any thread.</remarks>
internal sealed class ProgressDisplay
{
    private readonly ProgressContext? _bars;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    private ProgressDisplay(ProgressContext? bars) => _bars = bars;

    /// <summary>Does the work with the display open.</summary>
    public static T Run<T>(Func<ProgressDisplay, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(new ProgressDisplay(null));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(bars => work(new ProgressDisplay(bars)));
    }

    /// <summary>One piece of work as a bar of its own, 0 to 1.</summary>
    public IProgress<double> Task(string what) => new Share(this, what);

    /// <summary>Opens the bar of that name when it is new, and moves it.</summary>
    /// <param name="note">What is known so far, beside the name; without a terminal it is said when the work is done.</param>
    public void Show(string what, double share, string note = "")
    {
        lock (_gate)
        {
            if (_bars is null)
            {
                SayOnce(what);
                if (share >= 1 && note.Length > 0)
                {
                    SayOnce($"{what}: {note}");
                }

                return;
            }

            if (!_tasks.TryGetValue(what, out var task))
            {
                _tasks.Add(what, task = _bars.AddTask(Markup.Escape(what), maxValue: 1));
            }

            task.Description = Markup.Escape(note.Length > 0 ? $"{what}: {note}" : what);
            task.Value = Math.Clamp(share, task.Value, 1);
        }
    }

    private void SayOnce(string what)
    {
        if (_said.Add(what))
        {
            Console.Error.WriteLine($"{AppDomain.CurrentDomain.FriendlyName}: {what}");
        }
    }

    // Not Progress<T>, because that reports on the thread pool, out of order.
    private sealed class Share(ProgressDisplay display, string what) : IProgress<double>
    {
        public void Report(double value) => display.Show(what, value);
    }
}
