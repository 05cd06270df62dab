using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Cloud.Files;

/// <summary>The blob store of a site that has none: files under <c>files/</c> in the data directory.</summary>
/// <remarks>
/// A blob is written whole or not at all: blocks are kept beside it until a list puts them together. At most 256 MB each, like the blocks. Any thread; of two writers of one blob the last one wins.
/// </remarks>
internal sealed class LocalBlobs(DataDirectory directory)
{
    public const long MaxBytes = 256L << 20;
    public const string Path = "blobs";

    /// <summary>What the hub's own database must never lack.</summary>
    private const long MinFreeBytes = 1L << 30;
    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(1);
    private const string Account = "edgevision";
    private readonly string _key = directory.ReadServiceKey();

    /// <summary>What signs for a blob here. The key is made of the service's, so that it changes with it.</summary>
    public BlobStorage Storage => new(Account, Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(_key), "blobs"u8)), HostName);

    private string HostName
    {
        get
        {
            var address = HubAddress.Of(directory);
            return $"{address.Host}:{address.HttpsPort}/{Path}";
        }
    }

    /// <summary>Whether the disk has a gigabyte left for what matters more than files.</summary>
    public bool HasRoom => new DriveInfo(directory.Path).AvailableFreeSpace > MinFreeBytes;

    /// <returns>The file; null when there is none.</returns>
    public string? Find(string blobName) => File.Exists(FileOf(blobName)) ? FileOf(blobName) : null;

    public long? SizeOf(string blobName) => Find(blobName) is { } file ? new FileInfo(file).Length : null;

    public Task PutAsync(string blobName, Stream contents, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory.IncomingFiles);
        File.Delete(ListOf(blobName));
        return WriteAsync(FileOf(blobName), contents, cancellation);
    }

    public Task PutBlockAsync(string blobName, string blockId, Stream contents, CancellationToken cancellation) =>
        WriteAsync(BlockOf(blobName, blockId), contents, cancellation);

    /// <summary>Which blocks wait to be put together.</summary>
    public IReadOnlyList<(string BlockId, long Size)> Blocks(string blobName) => Directory.Exists(BlocksOf(blobName))
        ? [.. new DirectoryInfo(BlocksOf(blobName)).GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => (FromName(file.Name), file.Length))]
        : [];

    /// <summary>Puts a blob together. The list that did so may come again, because its sender may not have got the answer.</summary>
    /// <returns>False when one of the blocks is not there, or all together are too large.</returns>
    public async Task<bool> CommitAsync(string blobName, IReadOnlyList<string> blockIds, CancellationToken cancellation)
    {
        var list = string.Join('\n', blockIds);
        if (!Directory.Exists(BlocksOf(blobName)) && Find(blobName) is not null && File.Exists(ListOf(blobName)) && await File.ReadAllTextAsync(ListOf(blobName), cancellation) == list)
        {
            return true;
        }

        var files = blockIds.Select(id => BlockOf(blobName, id)).ToList();
        if (!files.TrueForAll(File.Exists) || files.Sum(file => new FileInfo(file).Length) > MaxBytes)
        {
            return false;
        }

        await WriteAsync(FileOf(blobName), async target =>
        {
            foreach (var file in files)
            {
                await using var block = File.OpenRead(file);
                await block.CopyToAsync(target, cancellation);
            }
        });
        await File.WriteAllTextAsync(ListOf(blobName), list, cancellation);
        if (Directory.Exists(BlocksOf(blobName)))
        {
            Directory.Delete(BlocksOf(blobName), recursive: true);
        }

        return true;
    }

    /// <summary>Removes pieces that nobody has touched for a day: their uploads were given up.</summary>
    public void RemoveStale(DateTimeOffset now)
    {
        if (!Directory.Exists(directory.IncomingFiles))
        {
            return;
        }

        foreach (var entry in new DirectoryInfo(directory.IncomingFiles).EnumerateFileSystemInfos().Where(entry => now - entry.LastWriteTimeUtc > StaleAfter))
        {
            if (entry is DirectoryInfo blocks)
            {
                blocks.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private string FileOf(string blobName) => System.IO.Path.Combine(directory.Files, blobName);

    // The name of the blob as a hash: one name may be the folder of another.
    private string BlocksOf(string blobName) => System.IO.Path.Combine(directory.IncomingFiles, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(blobName))));

    // Beside the pieces, where it goes the way of those that nobody touches.
    private string ListOf(string blobName) => BlocksOf(blobName) + ".list";

    private string BlockOf(string blobName, string blockId) => System.IO.Path.Combine(BlocksOf(blobName), ToName(blockId));

    // A block's id is base64, and '/' is no letter of a file's name.
    private static string ToName(string blockId) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(blockId));

    private static string FromName(string name) => Encoding.UTF8.GetString(Convert.FromHexString(name));

    private Task WriteAsync(string file, Stream contents, CancellationToken cancellation) => WriteAsync(file, target => contents.CopyToAsync(target, cancellation));

    private async Task WriteAsync(string file, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        Directory.CreateDirectory(directory.IncomingFiles);
        var temporary = System.IO.Path.Combine(directory.IncomingFiles, $"{Guid.NewGuid():N}.tmp");
        try
        {
            await using (var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await write(target);
                target.Flush(flushToDisk: true);
            }

            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // of one that broke off; otherwise there is none
        }
    }
}
