using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using EdgeVision.Cloud.Files;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeVision.Cloud.Rest;

/// <summary>The hub's own blob store, in Azure's shape: Put Blob, Put Block, Put Block List, Get Block List with a permission for one blob; Get Blob for the service.</summary>
internal sealed class BlobRoutes(LocalBlobs blobs, ServiceAccess access, TimeProvider time)
{
    private const int MaxBlockId = 64, MaxBlocks = 50_000, MaxListBytes = 8 << 20;

    public static bool IsPath(PathString path) => path.StartsWithSegments("/" + LocalBlobs.Path);

    public void Map(IEndpointRouteBuilder routes)
    {
        var pattern = $"/{LocalBlobs.Path}/{BlobStorage.Container}/{{**blob}}";
        routes.MapMethods(pattern, ["PUT"], PutAsync);
        routes.MapMethods(pattern, ["GET", "HEAD"], GetAsync);
    }

    private async Task PutAsync(HttpContext context)
    {
        var blob = Blob(context);
        if (!IsAllowed(context, blob) || !blobs.HasRoom)
        {
            context.Response.StatusCode = blobs.HasRoom ? StatusCodes.Status403Forbidden : StatusCodes.Status507InsufficientStorage;
            return;
        }

        var query = context.Request.Query;
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = query["comp"] == "blocklist" ? MaxListBytes : LocalBlobs.MaxBytes;
        context.Response.StatusCode = (query["comp"].ToString(), query["blockid"].ToString()) switch
        {
            ("", _) => await CreatedAsync(blobs.PutAsync(blob, context.Request.Body, context.RequestAborted)),
            ("block", { Length: > 0 and <= MaxBlockId } id) => await CreatedAsync(blobs.PutBlockAsync(blob, id, context.Request.Body, context.RequestAborted)),
            ("blocklist", _) when await ReadListAsync(context) is { } list && await blobs.CommitAsync(blob, list, context.RequestAborted) => StatusCodes.Status201Created,
            _ => StatusCodes.Status400BadRequest,
        };
    }

    private async Task GetAsync(HttpContext context)
    {
        var blob = Blob(context);
        if (context.Request.Query["comp"] == "blocklist" && IsAllowed(context, blob))
        {
            context.Response.ContentType = "application/xml";
            await context.Response.WriteAsync(List(blobs.Blocks(blob)).ToString(SaveOptions.DisableFormatting));
        }
        else if (access.Identify(context) is null)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else
        {
            await (FileDesk.IsValidName(blob) && blobs.Find(blob) is { } file ? Results.File(file, enableRangeProcessing: true) : Results.NotFound()).ExecuteAsync(context);
        }
    }

    private static string Blob(HttpContext context) => (string?)context.Request.RouteValues["blob"] ?? "";

    private bool IsAllowed(HttpContext context, string blob)
    {
        var query = context.Request.Query;
        return FileDesk.IsValidName(blob) && blobs.Storage.IsSigned(blob, query["se"].ToString(), query["sig"].ToString())
            && DateTimeOffset.TryParse(query["se"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires) && time.GetUtcNow() < expires;
    }

    private static async Task<int> CreatedAsync(Task work)
    {
        try
        {
            await work;
            return StatusCodes.Status201Created;
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            return StatusCodes.Status409Conflict; // a file stands where the name wants a folder, or the name is longer than the disk takes
        }
    }

    private static async Task<List<string>?> ReadListAsync(HttpContext context)
    {
        try
        {
            using var text = new StringReader(await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted));
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var ids = XDocument.Load(reader).Root!.Elements().Select(element => element.Value.Trim()).ToList();
            return ids.Count <= MaxBlocks && ids.TrueForAll(id => id.Length is > 0 and <= MaxBlockId) ? ids : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XElement List(IReadOnlyList<(string BlockId, long Size)> blocks) => new(
        "BlockList", new XElement("CommittedBlocks"),
        new XElement("UncommittedBlocks", blocks.Select(block => new XElement("Block", new XElement("Name", block.BlockId), new XElement("Size", block.Size)))));
}
