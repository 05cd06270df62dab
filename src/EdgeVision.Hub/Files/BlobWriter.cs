using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Hub;

/// <summary>Writes one block blob: in one go where it fits into a block, else block after block and then the list of them.</summary>
/// <remarks>
/// A block is named by its place and digest, and what the store already holds is not sent again: so an upload goes on where it was cut, over a restart too, when the same
/// content is sent under the same name. Source: learn.microsoft.com/rest/api/storageservices/put-block. One at a time.
/// </remarks>
internal sealed class BlobWriter(HubHttp http, UploadTicket ticket, int blockBytes)
{
    /// <summary>Half a minute at 128 kbit/s: what a bad link loses at most.</summary>
    public const int DefaultBlockBytes = 512 << 10;

    private const int MostBlocks = 50_000; // the store's

    // Names are base64, in which XML escapes nothing.
    private const string Before = "<Name>", Behind = "</Name>";
    private static readonly MediaTypeHeaderValue Bytes = new("application/octet-stream");

    /// <returns>The last answer; a good one when the blob is whole.</returns>
    public async Task<HttpAnswer> WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(blockBytes);
        try
        {
            var count = await ReadAsync(content, buffer, cancellationToken).ConfigureAwait(false);
            return count < blockBytes
                ? await PutAsync(ticket.Blob, buffer, count, cancellationToken).ConfigureAwait(false)
                : await WriteBlocksAsync(content, buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <param name="buffer">Holds the first block.</param>
    private async Task<HttpAnswer> WriteBlocksAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        var there = await ThereAsync(cancellationToken).ConfigureAwait(false);
        var blocks = new List<string>();
        for (var count = blockBytes; count > 0; count = await ReadAsync(content, buffer, cancellationToken).ConfigureAwait(false))
        {
            if (blocks.Count == MostBlocks)
            {
                return new HttpAnswer(413, $"the file has more than {MostBlocks} blocks of {blockBytes} bytes");
            }

            var block = NameOf(blocks.Count, buffer.AsSpan(0, count));
            blocks.Add(block);
            if (!there.Contains(block) && await PutAsync(ticket.With($"comp=block&blockid={Uri.EscapeDataString(block)}"), buffer, count, cancellationToken).ConfigureAwait(false) is { IsGood: false } refused)
            {
                return refused;
            }
        }

        return await PutListAsync(blocks, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken) =>
        content.ReadAtLeastAsync(buffer.AsMemory(0, blockBytes), blockBytes, throwOnEndOfStream: false, cancellationToken);

    private Task<HttpAnswer> PutAsync(Uri address, byte[] buffer, int count, CancellationToken cancellationToken) => http.SendAsync(
        () => new HttpRequestMessage(HttpMethod.Put, address)
        {
            Content = new ByteArrayContent(buffer, 0, count) { Headers = { ContentType = Bytes } }, Headers = { { "x-ms-blob-type", "BlockBlob" } },
        },
        cancellationToken);

    private Task<HttpAnswer> PutListAsync(List<string> blocks, CancellationToken cancellationToken)
    {
        var list = $"<BlockList>{string.Concat(blocks.Select(block => $"<Latest>{block}</Latest>"))}</BlockList>";
        return http.SendAsync(() => new HttpRequestMessage(HttpMethod.Put, ticket.With("comp=blocklist")) { Content = new StringContent(list, Encoding.UTF8, "application/xml") }, cancellationToken);
    }

    /// <summary>Blocks of an upload that was cut; none where the store does not say.</summary>
    private async Task<HashSet<string>> ThereAsync(CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, ticket.With("comp=blocklist&blocklisttype=uncommitted")), cancellationToken).ConfigureAwait(false);
        return answer.Status == 200 ? [.. answer.Body.Split(Before).Skip(1).Select(rest => rest.Split(Behind)[0])] : [];
    }

    /// <summary>All of one length, as the store demands.</summary>
    private static string NameOf(int place, ReadOnlySpan<byte> block) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{place:D5}-{Convert.ToHexStringLower(SHA256.HashData(block))[..24]}"));
}
