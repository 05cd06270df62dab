using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Update;

/// <summary>The desired property <c>modelUpdate</c>: apply a deployment, or cancel one.</summary>
/// <remarks>
/// In: whatever the twin holds. Out: a wish, or a sentence that names the field and what is expected and never repeats a value. At most 4096 bytes, 16 levels deep.
/// Example: <c>{"action": "cancel", "deploymentId": "d-7"}</c>. Pure, any thread.
/// </remarks>
/// <param name="Deployment">Null = cancel.</param>
public sealed record UpdateWish(string DeploymentId, ModelDeployment? Deployment)
{
    private const int MaxBytes = 4096, MaxDepth = 16;

    public static UpdateWish? TryParse(JsonNode wish, out string? problem)
    {
        try
        {
            var text = wish.ToJsonString();
            problem = Encoding.UTF8.GetByteCount(text) > MaxBytes ? $"modelUpdate: more than {MaxBytes} bytes" : null;
            using var document = JsonDocument.Parse(problem is null ? text : "{}", new JsonDocumentOptions { MaxDepth = MaxDepth });
            return problem is null ? Read(document.RootElement, out problem) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            problem = $"modelUpdate: not nested more than {MaxDepth} deep is expected";
            return null;
        }
    }

    private static UpdateWish? Read(JsonElement wish, out string? problem)
    {
        if (wish.ValueKind == JsonValueKind.Object && DeploymentRules.Text(wish, "action") == "cancel")
        {
            problem = DeploymentRules.IdProblem(wish);
            return problem is null ? new UpdateWish(DeploymentRules.Text(wish, "deploymentId")!, null) : null;
        }

        return ModelDeployment.TryParse(wish, out problem) is { } deployment ? new UpdateWish(deployment.DeploymentId, deployment) : null;
    }
}
