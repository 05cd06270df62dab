using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>The hub's last good wishes on disk (<c>config.json</c> in the state directory), so that a device that starts offline is the one it was.</summary>
/// <remarks>One line of hex sha256, then the JSON it is of. Written beside, synced and renamed: after a power cut the old or the new file is there, whole.</remarks>
internal sealed class OverlayStore(string directory)
{
    private const int HexDigits = 64, MostBytes = 256 * 1024;
    private readonly string _path = Path.Combine(directory, "config.json");

    /// <summary>Null where nothing was ever kept.</summary>
    /// <param name="damage">What is wrong with a file that is there; null when all is well.</param>
    public JsonObject? Load(out string? damage)
    {
        damage = null;
        try
        {
            if (!File.Exists(_path))
            {
                return null;
            }

            damage = $"{_path} is damaged; what the hub had set is not in effect until the hub answers";
            var bytes = new FileInfo(_path).Length <= MostBytes ? File.ReadAllBytes(_path) : [];
            var wishes = bytes.Length > HexDigits && Digest(bytes[(HexDigits + 1)..]).AsSpan().SequenceEqual(bytes.AsSpan(0, HexDigits)) ? JsonNode.Parse(bytes.AsSpan(HexDigits + 1)) as JsonObject : null;
            damage = wishes is null ? damage : null;
            return wishes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            damage = $"{_path}: {exception.Message}";
            return null;
        }
    }

    /// <exception cref="IOException">The disk is full or cannot be written.</exception>
    public void Save(JsonObject wishes)
    {
        var json = Encoding.UTF8.GetBytes(wishes.ToJsonString());
        Directory.CreateDirectory(directory);
        CreatePrivate(_path + ".tmp");
        DurableDisk.Write(_path + ".tmp", [.. Digest(json), (byte)'\n', .. json]);
        DurableDisk.MoveFile(_path + ".tmp", _path);
    }

    /// <summary>Sources hold passwords, so the file is the daemon's alone before anything stands in it.</summary>
    private static void CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Open(path, options).Dispose();
    }

    private static byte[] Digest(byte[] json) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(json)));
}
