namespace EdgeVision.Compression;

/// <summary>A folder that gets its name when it is whole: until <see cref="Publish"/> it lies beside the target, and <see cref="Dispose"/> takes it away.</summary>
/// <remarks>Example: target <c>out/squeezenet</c> is written as <c>out/.squeezenet.part</c>. After a crash the next draft of that target removes what was left. One thread.</remarks>
public sealed class DraftDirectory : IDisposable
{
    private readonly string _target;

    public DraftDirectory(string target)
    {
        _target = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(target));
        Path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(_target) ?? _target, $".{System.IO.Path.GetFileName(_target)}.part");
        Remove(Path);
        Directory.CreateDirectory(Path);
    }

    /// <summary>Where to write.</summary>
    public string Path { get; }

    /// <summary>Gives the draft the target's name; what lay there before is replaced.</summary>
    public void Publish()
    {
        var old = Path + ".old";
        Remove(old);
        if (Directory.Exists(_target))
        {
            Directory.Move(_target, old);
        }

        Directory.Move(Path, _target);
        Remove(old);
    }

    public void Dispose() => Remove(Path);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
