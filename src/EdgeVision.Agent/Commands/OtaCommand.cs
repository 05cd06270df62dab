using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond ota import|status</c>: a model from a stick, and how the update stands, at a device that nothing else reaches.</summary>
internal static class OtaCommand
{
    private static readonly Option<string> Config = new("--config") { Description = "the configuration", DefaultValueFactory = _ => RunCommand.DefaultConfig };
    private static readonly Option<bool> Json = new("--json") { Description = "a JSON object instead of lines" };
    private static readonly Argument<string> From = new("from") { Description = "a folder or an uncompressed tar with metadata/, targets/ and objects/" };
    private static readonly Option<string?> Model = new("--model") { Description = "where there are several" };
    private static readonly Option<string?> Version = new("--release") { Description = "the version, where there are several" };
    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "do not wait for what comes of it" };

    public static Command Create()
    {
        var import = new Command("import", "take a model from a repository on a stick or in a tar, with the same checks as over the air") { From, Config, Model, Version, NoWait };
        import.SetAction(ImportAsync);
        var status = new Command("status", "show what is served, what is under way and what it waits for") { Config, Json };
        status.SetAction(Status);
        return new Command("ota", "models over the air, and without it") { import, status };
    }

    private static async Task<int> ImportAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = ConfigurationReader.Read(arguments.GetRequiredValue(Config));
        var state = options.Device.StateDirectory;
        if (options.Update.RootFile is null)
        {
            throw new ImportException("update.root_file is not set (101): without the repository's root.json no model can be trusted, whichever way it comes");
        }

        var placed = new ImportStage(arguments.GetRequiredValue(From), state).Place(
            arguments.GetValue(Model), arguments.GetValue(Version), (long)options.Update.MinFreeMegabytes << 20, TimeProvider.System.GetUtcNow());
        Console.WriteLine($"{placed.DeploymentId}: {placed.Model} {placed.Version}");
        if (!StateLock.IsHeld(state))
        {
            Console.WriteLine($"no daemon runs on {state}: it is checked and applied at the next start");
            return 0;
        }

        return arguments.GetValue(NoWait) ? 0 : await new ImportWait(state, placed.DeploymentId, TimeProvider.System).RunAsync(Console.WriteLine, cancellationToken).ConfigureAwait(false) ? 0 : 1;
    }

    private static int Status(ParseResult arguments)
    {
        var options = ConfigurationReader.Read(arguments.GetRequiredValue(Config));
        var state = options.Device.StateDirectory;
        var status = new UpdateStatusFile(state).TryRead() ?? throw new IOException($"no daemon has run on {state} yet: there is nothing to show");
        status["hold"] = UpdateSettings.ConditionsOf(options).ReadHold();
        status["daemon"] = StateLock.IsHeld(state) ? "running" : "stopped";
        status["advice"] = UpdateAdvice.For((UpdateCode)(int)status["result"]!["code"]!);
        if (UpdateSettings.SiteOf(options.Update).Window is { } window)
        {
            status["window"] = $"{window.Text} {window.Zone}";
            status["windowOpens"] = window.NextOpening(TimeProvider.System.GetUtcNow()).ToString("u", CultureInfo.InvariantCulture);
        }

        foreach (var line in arguments.GetValue(Json) ? [status.ToJsonString()] : Lines(status))
        {
            Console.WriteLine(line);
        }

        return 0;
    }

    private static IEnumerable<string> Lines(JsonObject status) => status.Where(pair => !pair.Key.StartsWith('_') && pair.Value is not null and not JsonArray { Count: 0 } and not JsonObject { Count: 0 } && $"{pair.Value}".Length > 0)
        .Select(pair => $"{pair.Key,-16} {(pair.Value is JsonValue ? pair.Value.ToString() : pair.Value!.ToJsonString())}");
}
