using EdgeVision.Cloud.Models;
using Microsoft.Net.Http.Headers;

namespace EdgeVision.Cloud.Rest;

/// <summary>The model repository: <c>/objects/sha256/ab/{digest}</c>, read-only, with ranges so that a broken download goes on where it stopped.</summary>
internal sealed class ObjectRoutes(ModelRepository repository)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapMethods($"/{ModelRepository.ObjectsPath}/{{shard}}/{{digest}}", ["GET", "HEAD"], GetAsync);

    private Task GetAsync(HttpContext context)
    {
        var (shard, digest) = ((string)context.Request.RouteValues["shard"]!, (string)context.Request.RouteValues["digest"]!);
        if (!digest.StartsWith(shard, StringComparison.Ordinal) || shard.Length != 2 || repository.Find(digest) is not { } file)
        {
            return context.WriteAsync(RestAnswer.Error(StatusCodes.Status404NotFound, 404000, $"There is no object {digest}."));
        }

        // The name is the contents, so whoever has it need never ask again.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.File(file, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{digest}\""), enableRangeProcessing: true).ExecuteAsync(context);
    }
}
