namespace EdgeVision.Update;

/// <summary>The record on disk: <c>state/ota.json</c>, and <c>ota.prev</c> from before the last write.</summary>
/// <remarks>
/// Written beside and synced; then ota.json becomes ota.prev, the new one ota.json, and the directory is synced: at every instant, and whichever of the two
/// renames a power cut keeps, one whole record is there. Of two whole ones the higher sequence counts. On a full disk the bytes go into <c>ota.reserve</c>,
/// whose blocks are there already. A record of a newer daemon is kept as <c>ota.newer</c> and never written over.
/// </remarks>
internal sealed class StateFile(StateDisk disk, string stateDirectory)
{
    public const int MaxBytes = 64 * 1024;
    private readonly string _directory = Path.Combine(stateDirectory, "state");

    private string Newest => Path.Combine(_directory, "ota.json");

    private string Previous => Path.Combine(_directory, "ota.prev");

    private string Reserve => Path.Combine(_directory, "ota.reserve");

    /// <summary>False: a record was written by a newer daemon, and what it points to must stay.</summary>
    public bool MaySweep => !File.Exists(Newer);

    private string Newer => Path.Combine(_directory, "ota.newer");

    /// <param name="damage">What was wrong with a file that is there; null when all was well.</param>
    public UpdateRecord? Load(out string? damage)
    {
        var (newest, previous) = (RecordFile.Read(Newest), RecordFile.Read(Previous));
        damage = newest.Damage ?? previous.Damage;
        if (newest.IsNewer)
        {
            KeepAside();
            return UpdateRecord.Fresh with { Code = UpdateCode.Schema, Reason = newest.Damage! };
        }

        if (newest.Record is null && newest.Damage is not null)
        {
            TryDeleteNewest();
        }

        return (newest.Record?.Sequence ?? -1) >= (previous.Record?.Sequence ?? -1) ? newest.Record : previous.Record;
    }

    /// <param name="between">Called between the two renames.</param>
    public void Store(UpdateRecord record, Action between)
    {
        disk.CreateDirectory(_directory);
        var written = Write(RecordFile.Format(record));
        if (File.Exists(Newest))
        {
            disk.Rename(Newest, Previous);
        }

        between();
        disk.Rename(written, Newest);
        disk.SyncDirectory(_directory);
        TryReserve();
    }

    /// <summary>This daemon has a committed model of its own: what the newer one left is history.</summary>
    public void ForgetNewer()
    {
        if (File.Exists(Newer))
        {
            disk.Delete(Newer);
        }
    }

    private string Write(ReadOnlyMemory<byte> bytes)
    {
        var next = Newest + ".tmp";
        try
        {
            disk.Write(next, bytes);
            return next;
        }
        catch (IOException exception) when (DurableDisk.IsFull(exception) && File.Exists(Reserve))
        {
            using var reserve = disk.OpenPart(Reserve);
            reserve.Overwrite(bytes);
            reserve.Sync();
            return Reserve;
        }
    }

    // Real blocks, because a file system may give a hole for zeros that were only promised.
    private void TryReserve()
    {
        if (File.Exists(Reserve))
        {
            return;
        }

        try
        {
            var noise = new byte[MaxBytes / 2];
            noise.AsSpan().Fill(0x5A);
            disk.Replace(Reserve, noise);
        }
        catch (IOException exception) when (DurableDisk.IsFull(exception))
        {
            // tried again at the next write
        }
    }

    private void KeepAside()
    {
        try
        {
            disk.Rename(Newest, Newer);
            disk.SyncDirectory(_directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // a disk that cannot be written is said at the next write, which would fail before it could do harm
        }
    }

    // Because the next write would otherwise put the damaged file in the place of the good one.
    private void TryDeleteNewest()
    {
        try
        {
            disk.Delete(Newest);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // a disk that cannot be written is said at the next write
        }
    }
}
