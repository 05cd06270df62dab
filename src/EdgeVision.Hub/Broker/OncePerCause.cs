using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>How loud a refusal is: a warning for the first of its cause, then only for those who debug, because a sender that is wrong once is wrong every second.</summary>
internal sealed class OncePerCause
{
    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);

    /// <param name="cause">One of a few words of the program, never something that came from outside.</param>
    public LogLevel LevelOf(string cause) => _said.TryAdd(cause, true) ? LogLevel.Warning : LogLevel.Debug;
}
