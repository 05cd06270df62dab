using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EdgeVision.Update;

/// <summary>The record on disk: <c>update.json</c>, and <c>update.prev</c> from before the last write.</summary>
/// <remarks>
/// JSON, then one line <c>sha256:</c> and 64 hex digits of all bytes before it. Written as update.tmp, synced; then update.json becomes
/// update.prev and update.tmp becomes update.json, and the directory is synced: at every instant one whole record is there.
/// </remarks>
internal sealed class StateFile(string directory)
{
    private const int MaxBytes = 64 * 1024;
    private static readonly byte[] TrailerStart = "sha256:"u8.ToArray();
    private readonly string _newest = Path.Combine(directory, "update.json");
    private readonly string _previous = Path.Combine(directory, "update.prev");
    private readonly string _next = Path.Combine(directory, "update.tmp");

    /// <param name="damage">What was wrong with a file that is there; null when all was well.</param>
    public UpdateRecord? Load(out string? damage)
    {
        if (Read(_newest, out damage) is { } newest)
        {
            return newest;
        }

        if (damage is not null)
        {
            TryDeleteNewest();
        }

        var previous = Read(_previous, out var second);
        damage ??= second;
        return previous;
    }

    /// <param name="between">Called between the two renames.</param>
    public void Store(UpdateRecord record, Action between)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, UpdateRecordJson.Default.UpdateRecord);
        byte[] body = [.. json, (byte)'\n'];
        DurableDisk.Write(_next, [.. body, .. Trailer(body)]);
        if (File.Exists(_newest))
        {
            File.Move(_newest, _previous, overwrite: true);
        }

        between();
        DurableDisk.MoveFile(_next, _newest);
    }

    private static byte[] Trailer(ReadOnlySpan<byte> body) => [.. TrailerStart, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body))), (byte)'\n'];

    private static UpdateRecord? Read(string path, out string? damage)
    {
        damage = null;
        try
        {
            return File.Exists(path) ? Parse(path, out damage) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            damage = $"{path}: {exception.Message}";
            return null;
        }
    }

    private static UpdateRecord? Parse(string path, out string? damage)
    {
        damage = $"{path}: not a whole record";
        var bytes = new FileInfo(path).Length <= MaxBytes ? File.ReadAllBytes(path) : [];
        var end = bytes.AsSpan().LastIndexOf(TrailerStart);
        if (end < 0 || !bytes.AsSpan(end).SequenceEqual(Trailer(bytes.AsSpan(0, end))))
        {
            return null;
        }

        var record = JsonSerializer.Deserialize(bytes.AsSpan(0, end), UpdateRecordJson.Default.UpdateRecord);
        damage = record?.IsSound() == true ? null : $"{path}: written by another version of the daemon";
        return damage is null ? record : null;
    }

    // Because the next write would otherwise put the damaged file in the place of the good one.
    private void TryDeleteNewest()
    {
        try
        {
            File.Delete(_newest);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A disk that cannot be written is said at the next write.
        }
    }
}
