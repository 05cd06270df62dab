using System.Security.Cryptography;
using EdgeVision.Compression;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Reads a picture once: digest, size, look, and what keeps it from being used. One thread at a time.</summary>
internal sealed class PictureInspector
{
    /// <summary>Below it a picture shows nothing that a network could learn.</summary>
    public const int MinSide = 8;

    private readonly PictureLooker _looker = new();

    public PictureFacts Inspect(DatasetItem item)
    {
        if (item.Size < 0)
        {
            return Refused("", 0, 0, FindingKind.Unreadable, $"{item.Name} is not there");
        }

        var sha256 = "";
        try
        {
            var stored = item.Stored();
            sha256 = Convert.ToHexStringLower(SHA256.HashData(stored.Span));
            return TooLarge(item, stored, sha256) ?? Decoded(item, stored, sha256);
        }
        catch (Exception exception) when (exception is ImageException or IOException or UnauthorizedAccessException)
        {
            return Refused(sha256, 0, 0, FindingKind.Unreadable, exception.Message.TrimEnd('.'));
        }
    }

    private static PictureFacts? TooLarge(DatasetItem item, ReadOnlyMemory<byte> stored, string sha256) =>
        item.IsEncoded && ImageCodec.SizeOf(stored.Span) is var (width, height) && ((long)width * height > ImageCodec.DefaultMaxPixels || Math.Max(width, height) > ImageLayout.MaxSide)
            ? Refused(sha256, width, height, FindingKind.TooLarge, FormattableString.Invariant($"{item.Name} is {width}x{height}, {width * 1e-6 * height:0.#} megapixels"))
            : null;

    private PictureFacts Decoded(DatasetItem item, ReadOnlyMemory<byte> stored, string sha256)
    {
        using var frame = item.Decode(stored);
        return Math.Min(frame.Width, frame.Height) < MinSide
            ? Refused(sha256, frame.Width, frame.Height, FindingKind.TooSmall, $"{item.Name} is {frame.Width}x{frame.Height}")
            : new PictureFacts(sha256, frame.Width, frame.Height, _looker.Look(frame), IsGrey(frame));
    }

    private static bool IsGrey(Frame frame)
    {
        var pixels = frame.Pixels;
        for (var i = 0; frame.Layout.Format != PixelFormat.Gray8 && i < pixels.Length; i += 3)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
            {
                return false;
            }
        }

        return true;
    }

    private static PictureFacts Refused(string sha256, int width, int height, FindingKind kind, string problem) => new(sha256, width, height, null, false, kind, problem);
}
