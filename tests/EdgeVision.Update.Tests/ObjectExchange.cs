using System.Globalization;
using System.Text;

namespace EdgeVision.Update.Tests;

/// <summary>One request to the <see cref="ObjectServer"/>, and the means to answer it.</summary>
internal sealed class ObjectExchange(string head, Stream stream, Dictionary<string, byte[]> files, CancellationToken stop)
{
    public string Path { get; } = head.Split(' ')[1];

    public string Sha256 => Path[(Path.LastIndexOf('/') + 1)..];

    private string File => Path["/repository/".Length..];

    /// <summary>The how-manieth request for this object, from 1.</summary>
    public int Number { get; set; }

    /// <summary>First byte asked for; 0 = all.</summary>
    public int From => Header("Range") is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;

    public bool IsObject => File.StartsWith("objects/", StringComparison.Ordinal);

    public byte[] Content => files[File];

    public bool IsManifest => Content.Length > 0 && Content[0] == '{';

    public long Sent { get; private set; }

    public CancellationToken Stop => stop;

    public string? Header(string name) => head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];

    public Task ServeAsync() => !files.ContainsKey(File) ? HeadAsync("404 Not Found", "Content-Length: 0")
        : From == 0 ? WholeAsync()
        : RangeAsync($"bytes {From}-{Content.Length - 1}/{Content.Length}", From);

    public Task WholeAsync(params string[] headers) => AnswerAsync("200 OK", Content, [$"Content-Length: {Content.Length}", .. headers]);

    public Task RangeAsync(string? contentRange, int from, params string[] headers) =>
        AnswerAsync("206 Partial Content", Content.AsMemory(from), [$"Content-Length: {Content.Length - from}", .. contentRange is null ? (string[])[] : [$"Content-Range: {contentRange}"], .. headers]);

    public async Task AnswerAsync(string status, ReadOnlyMemory<byte> body, params string[] headers)
    {
        await HeadAsync(status, headers);
        await BodyAsync(body);
    }

    public async Task HeadAsync(string status, params string[] headers)
    {
        var text = $"HTTP/1.1 {status}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
    }

    public async Task BodyAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes, stop);
        Sent += bytes.Length;
    }
}
