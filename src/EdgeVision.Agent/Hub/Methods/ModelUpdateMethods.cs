using System.Text.Json.Nodes;
using EdgeVision.Hub;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary><c>modelUpdate.cancel|activateNow|rollback|approve|status {deploymentId}</c>: what people ask of a deployment.</summary>
/// <remarks>
/// The deployment must be named, so that a click that comes late cannot hit the next one: 404 where it is another one, 409 where the deployment's state makes no sense of it, both with a
/// sentence. Each is known by a second name, <c>modelUpdate*cancel</c>, because IoT Plug and Play calls a component's command so.
/// </remarks>
internal sealed class ModelUpdateMethods(Func<Func<ModelUpdater, string, string?>, string, string?> ask, Func<UpdateReport> report)
{
    private const string Component = "modelUpdate", Id = "deploymentId";
    private static readonly char[] Separators = ['.', '*'];

    public IEnumerable<DeviceMethod> All =>
    [
        .. Ask("cancel", (updater, id) => updater.Cancel(id)),
        .. Ask("activateNow", (updater, id) => updater.ActivateNow(id)),
        .. Ask("rollback", (updater, id) => updater.RollBack(id)),
        .. Ask("approve", (updater, id) => updater.Approve(id)),
        .. Named("status", (name, arguments) => Known(name, arguments, required: false).Refused ?? new MethodResult(200, Answer())),
    ];

    private IEnumerable<DeviceMethod> Ask(string word, Func<ModelUpdater, string, string?> request) => Named(word, (name, arguments) =>
    {
        var (id, refused) = Known(name, arguments, required: true);
        return refused ?? (ask(request, id) is { } problem ? MethodResult.Error(409, problem) : new MethodResult(200, Answer()));
    });

    private static IEnumerable<DeviceMethod> Named(string word, Func<string, MethodArguments, MethodResult> run) =>
        Separators.Select(between => $"{Component}{between}{word}").Select(name => new DeviceMethod(name, [Id], (arguments, _) => Task.FromResult(run(name, arguments))));

    private (string Id, MethodResult? Refused) Known(string name, MethodArguments arguments, bool required)
    {
        var current = report().DeploymentId;
        if (arguments.Value(Id)?.Text() is not { } id)
        {
            return ("", required ? MethodResult.Error(400, $"{name} wants {Id}: the deployment that is meant") : null);
        }

        return (id, id == current ? null : MethodResult.Error(404, $"there is no deployment '{id}' here; {(current is null ? "none came yet" : $"the last one is '{current}'")}"));
    }

    private JsonObject Answer()
    {
        var now = report();
        return new JsonObject
        {
            [Id] = now.DeploymentId, ["state"] = now.State.ToString(), ["progress"] = now.Progress, ["code"] = (int)now.Code, ["reason"] = now.Reason,
            ["active"] = now.ActiveDigest, ["activeModel"] = now.ActiveModel, ["activeVersion"] = now.ActiveVersion, ["previous"] = now.PreviousDigest,
            ["blocked"] = new JsonArray([.. now.Blocked.Select(digest => JsonValue.Create(digest))]), ["auditHead"] = now.AuditHead,
        };
    }
}
