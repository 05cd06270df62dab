namespace EdgeVision.Agent;

/// <summary>The last thousand lines of the log in memory, for whoever asks from afar; secrets never get in.</summary>
/// <remarks>At most 1000 lines of at most 1000 letters. Any thread.</remarks>
internal sealed class LogRing(TimeProvider time) : ILoggerProvider
{
    private const int MostLines = 1000, MostLetters = 1000;
    private readonly Queue<LogLine> _lines = new(MostLines);
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    /// <summary>The newest lines of at least a level, oldest first.</summary>
    public IReadOnlyList<LogLine> Newest(int count, LogLevel level)
    {
        lock (_gate)
        {
            return [.. _lines.Where(line => line.Level >= level).TakeLast(count)];
        }
    }

    public void Dispose()
    {
    }

    private void Add(LogLevel level, string source, string text)
    {
        var safe = LogSecrets.Remove(text); // before the cut, which could take away what a secret is known by
        var line = new LogLine(time.GetUtcNow(), level, source, safe.Length > MostLetters ? safe[..MostLetters] + "..." : safe);
        lock (_gate)
        {
            if (_lines.Count == MostLines)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }

    private sealed class Writer(LogRing ring, string source) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            ring.Add(logLevel, source, formatter(state, exception) + (exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})"));
    }
}
