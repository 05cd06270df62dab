namespace EdgeVision.Cloud.Rest;

/// <summary>What signs the models: <c>/metadata/{file}</c> and <c>/targets/{path}</c> of the repository, read-only and open to everybody, because every byte proves itself.</summary>
internal sealed class RepositoryRoutes(DataDirectory directory)
{
    private const string Metadata = "/metadata", Targets = "/targets", Timestamp = "timestamp.json";

    public static bool IsPath(PathString path) => path.StartsWithSegments(Metadata) || path.StartsWithSegments(Targets);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Metadata + "/{**path}", ["GET", "HEAD"], context => GetAsync(context, "metadata"));
        routes.MapMethods(Targets + "/{**path}", ["GET", "HEAD"], context => GetAsync(context, "targets"));
    }

    private async Task GetAsync(HttpContext context, string folder)
    {
        var path = (string?)context.Request.RouteValues["path"] ?? "";
        if (!IsPlain(path) || await TryReadAsync(Path.Combine(directory.Models, folder, path)) is not { } bytes)
        {
            // The next root's name is asked for until it is there, so nobody may remember that it was not.
            context.Response.Headers.CacheControl = "no-store";
            await context.WriteAsync(RestAnswer.Error(StatusCodes.Status404NotFound, 404000, $"There is no {folder}/{path}."));
            return;
        }

        // All names but this one carry a version or a digest, so that their contents never change.
        context.Response.Headers.CacheControl = path == Timestamp ? "no-cache" : "public, max-age=31536000, immutable";
        await Results.Bytes(bytes, "application/json", enableRangeProcessing: true).ExecuteAsync(context);
    }

    // No way up, nothing hidden, nothing that is still being written.
    private static bool IsPlain(string path) =>
        path.EndsWith(".json", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && Array.TrueForAll(path.Split('/'), part => part.Length > 0 && part[0] != '.');

    // Read whole, because timestamp.json may be replaced meanwhile; none of these files is large.
    private static async Task<byte[]?> TryReadAsync(string path)
    {
        try
        {
            return await File.ReadAllBytesAsync(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
