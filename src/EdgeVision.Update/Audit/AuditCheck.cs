namespace EdgeVision.Update;

/// <summary>Goes along the chain once, from the oldest line that is kept to the last.</summary>
internal sealed class AuditCheck
{
    private readonly List<string> _rotated = [];
    private string _start = AuditEntry.NoLineBefore;
    private string _digest = AuditEntry.NoLineBefore;
    private long _first;
    private long _entries;
    private bool _isAnchored;

    public AuditVerdict Run(string directory, string? head)
    {
        var anchor = head is null or "" ? null : head.StartsWith("sha256:", StringComparison.Ordinal) ? head["sha256:".Length..] : head;
        var (problem, torn) = ("", 0L);
        var files = AuditFiles.In(directory);
        foreach (var path in files)
        {
            var lines = AuditLines.Split(File.ReadAllBytes(path), out var rest);
            for (var number = 1; number <= lines.Count && problem.Length == 0; number++)
            {
                problem = Next(lines[number - 1], anchor) is { } what ? $"{path}:{number}: {what}" : "";
            }

            (torn, problem) = (rest.Length, problem.Length == 0 && rest.Length > 0 && path != files[^1] ? $"{path}: its last line was cut off" : problem);
        }

        problem = problem.Length > 0 ? problem : Beginning() ?? End(anchor) ?? "";
        return new AuditVerdict(_entries, _first, _entries == 0 ? "" : "sha256:" + _digest, problem) { Torn = torn };
    }

    private string? Next(ReadOnlyMemory<byte> line, string? anchor)
    {
        if (line.Length > AuditEntry.MaxLineBytes || AuditEntry.TryParse(line) is not { } entry)
        {
            return "is no entry: the line was edited";
        }

        if (_entries == 0)
        {
            (_first, _start, _digest) = (entry.Seq, entry.Prev, entry.Prev);
        }

        if (entry.Seq != _first + _entries)
        {
            return $"entry {entry.Seq} follows entry {_first + _entries - 1}: {(entry.Seq > _first + _entries ? "what stood between was taken out" : "lines were put in or moved")}";
        }

        if (entry.Prev != _digest)
        {
            return $"entry {entry.Seq} was written after another line than the one that stands before it: that one was edited or exchanged";
        }

        if (entry.Event.StartsWith(AuditLog.Rotated, StringComparison.Ordinal))
        {
            _rotated.Add(entry.Digest);
        }

        (_entries, _digest) = (_entries + 1, AuditEntry.DigestOf(line.Span));
        _isAnchored |= _digest == anchor;
        return null;
    }

    private string? Beginning() => _entries == 0 || (_first == 1 && _start == AuditEntry.NoLineBefore) || _rotated.Contains("sha256:" + _start) ? null
        : $"the log begins with entry {_first}, and no entry says that older ones were rotated away: they were taken out";

    private string? End(string? anchor) => anchor is null || _isAnchored ? null
        : $"no line has the digest sha256:{anchor} that the twin reports: the end was cut off, or the whole log was exchanged";
}
