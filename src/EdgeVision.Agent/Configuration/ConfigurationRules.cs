using System.Net;

namespace EdgeVision.Agent;

/// <summary>What no single key can know: what must be there, and what must go together.</summary>
internal static class ConfigurationRules
{
    public static IEnumerable<string> Check(AgentOptions options, string file)
    {
        if (options.Model.Directory.Length == 0)
        {
            yield return $"{file}: model.directory is missing: name the folder of a model package (\"make models\" assembles those of this project in artifacts/models)";
        }

        foreach (var fault in HubRules.Check(options))
        {
            yield return $"{file}: {fault}";
        }

        if (options.Cameras.Count == 0)
        {
            yield return $"{file}: there is no [[camera]]: add one with id and source";
        }

        foreach (var camera in options.Cameras.Where(camera => camera.Id.Length == 0 || camera.Source.Length == 0))
        {
            yield return $"{file}: the [[camera]] with {(camera.Id.Length == 0 ? $"source '{camera.Source.Split('?')[0].Split('@')[^1]}' has no id" : $"id '{camera.Id}' has no source")}: each needs both";
        }

        foreach (var twice in options.Cameras.Where(camera => camera.Id.Length > 0).GroupBy(camera => camera.Id).Where(group => group.Count() > 1))
        {
            yield return $"{file}: two cameras have the id '{twice.Key}': give each its own";
        }

        if (!IPAddress.TryParse(options.Http.Listen, out var address))
        {
            yield return $"{file}: http.listen '{options.Http.Listen}' is no IP address; 127.0.0.1 keeps the page on this machine";
        }
        else if (options.Http is { Enabled: true, TokenFile: null } && !IPAddress.IsLoopback(address))
        {
            yield return $"{file}: http.listen {options.Http.Listen} can be reached from other machines, so http.token_file is needed: the file with the word that requests must carry";
        }
    }
}
