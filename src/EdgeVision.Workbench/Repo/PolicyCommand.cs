using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Workbench;

/// <summary><c>repo policy</c>: floors, and the grace of offline sites.</summary>
internal static class PolicyCommand
{
    private static readonly Option<string[]> Floor = new("--floor") { Description = "MODEL=COUNTER: devices refuse releases of this model with a smaller counter; 0 takes the floor away", DefaultValueFactory = _ => [] };
    private static readonly Option<int?> Grace = new("--offline-grace-days") { Description = $"days that expired metadata still holds on sites without a network, 0 to {ReleasePolicy.MaxGraceDays}" };

    public static Command Create() => RepoOptions.Signing("policy", "set what devices may run", Run, Floor, Grace);

    private static void Run(ParseResult arguments) => RepoEdit.Run(arguments, repository =>
    {
        var policy = repository.Policy;
        var floors = arguments.GetRequiredValue(Floor).Select(ReadFloor).ToDictionary(floor => floor.Model, floor => floor.Counter);
        var grace = arguments.GetValue(Grace) ?? policy.OfflineGraceDays;
        if (grace is < 0 or > ReleasePolicy.MaxGraceDays)
        {
            throw new RepositoryException($"--offline-grace-days is 0 to {ReleasePolicy.MaxGraceDays}, not {grace}.");
        }

        var changed = policy with
        {
            Floors = policy.Floors.Where(floor => !floors.ContainsKey(floor.Key)).Concat(floors.Where(floor => floor.Value > 0)).ToDictionary(floor => floor.Key, floor => floor.Value),
            OfflineGraceDays = grace,
        };
        if (!changed.ToBytes().SequenceEqual(policy.ToBytes()))
        {
            repository.SetPolicy(changed);
        }

        return ($"policy {changed.ToJson().ToJsonString()}", new JsonObject { ["policy"] = changed.ToJson() });
    });

    private static (string Model, long Counter) ReadFloor(string text) =>
        text.Split('=') is [var model, var number] && model.Length > 0 && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var counter)
            ? (model, counter)
            : throw new RepositoryException($"--floor is MODEL=COUNTER, for example ppe-detector=40, not '{text}'.");
}
