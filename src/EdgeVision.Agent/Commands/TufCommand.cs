using System.CommandLine;
using EdgeVision.Packaging.Tuf;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond tuf</c>: the client of model repositories by itself, with the command line that the public TUF conformance suite drives.</summary>
/// <remarks>Plain http is allowed here, because TUF does not rest on TLS. Deployments are https all the same.</remarks>
internal static class TufCommand
{
    /// <summary>A target is verified in memory before it is written.</summary>
    private const long MaxTargetBytes = 256L << 20;

    private const long MaxRootBytes = 1 << 20;

    private static readonly Option<string> MetadataDirectory = new("--metadata-dir") { Description = "where trusted metadata is kept", Required = true };
    private static readonly Option<string?> MetadataUrl = new("--metadata-url") { Description = "where the repository has its metadata" };
    private static readonly Option<string[]> TargetNames = new("--target-name") { Description = "path of a target; may be given again" };
    private static readonly Option<string?> TargetUrl = new("--target-base-url") { Description = "where the repository has its targets" };
    private static readonly Option<string?> TargetDirectory = new("--target-dir") { Description = "where verified targets are written" };
    private static readonly Argument<string> TrustedRoot = new("trusted-root") { Description = "a root.json that came by a road you trust" };

    public static Command Create()
    {
        var init = new Command("init", "trust a root") { TrustedRoot };
        init.SetAction(Initialize);
        var refresh = new Command("refresh", "bring root, timestamp, snapshot and targets up to date");
        refresh.SetAction((arguments, cancellationToken) => WithClientAsync(arguments, client => client.RefreshAsync(cancellationToken)));
        var download = new Command("download", "fetch targets that the repository signed for");
        download.SetAction((arguments, cancellationToken) => WithClientAsync(arguments, client => DownloadAsync(arguments, client, cancellationToken)));
        return new Command("tuf", "look into a repository of models: a TUF client") { MetadataDirectory, MetadataUrl, TargetNames, TargetUrl, TargetDirectory, init, refresh, download };
    }

    private static int Initialize(ParseResult arguments)
    {
        var path = arguments.GetRequiredValue(TrustedRoot);
        if (new FileInfo(path) is { Exists: true, Length: > MaxRootBytes } file)
        {
            throw new IOException($"{path}: {file.Length} bytes are too many for a root. Give the root.json of the repository.");
        }

        TufClient.Initialize(arguments.GetRequiredValue(MetadataDirectory), File.ReadAllBytes(path), DurableDisk.Replace);
        return 0;
    }

    private static async Task<int> WithClientAsync(ParseResult arguments, Func<TufClient, Task> action)
    {
        var directory = arguments.GetRequiredValue(MetadataDirectory);
        var metadata = Address(arguments, MetadataUrl) ?? throw new IOException("--metadata-url is missing: where does the repository have its metadata?");
        var options = new UpdateOptions { StateDirectory = directory, FactoryDirectory = directory };
        using var fetcher = new HttpTufFetcher(metadata, Address(arguments, TargetUrl) ?? metadata, options, TimeProvider.System);
        await action(new TufClient(directory, fetcher, TimeProvider.System.GetUtcNow(), DurableDisk.Replace)).ConfigureAwait(false);
        return 0;
    }

    private static async Task DownloadAsync(ParseResult arguments, TufClient client, CancellationToken cancellationToken)
    {
        var names = arguments.GetValue(TargetNames) ?? [];
        if (arguments.GetValue(TargetDirectory) is not { } directory || Address(arguments, TargetUrl) is null || names.Length == 0)
        {
            throw new IOException("download needs --target-name, --target-base-url and --target-dir.");
        }

        await client.RefreshAsync(cancellationToken).ConfigureAwait(false);
        foreach (var name in names)
        {
            var target = await client.FindTargetAsync(name, cancellationToken).ConfigureAwait(false)
                ?? throw new TufException(TufFailure.NotFound, $"{name}: nobody who may has signed for it. Is that the whole path of the target?");
            await FetchAsync(client, target, directory, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task FetchAsync(TufClient client, TargetFile target, string directory, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, RepositoryPath.EncodeName(target.Path));
        if (new FileInfo(path) is { Exists: true } here && here.Length == target.Length && target.Length <= MaxTargetBytes
            && target.Matches(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)))
        {
            return; // fetched before, and still what is signed for
        }

        var bytes = await client.FetchTargetAsync(target, MaxTargetBytes, cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(directory);
        DurableDisk.Replace(path, bytes);
    }

    private static Uri? Address(ParseResult arguments, Option<string?> option) => arguments.GetValue(option) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https" } ? address
        : throw new IOException($"{option.Name} {text}: not an http or https address.");
}
