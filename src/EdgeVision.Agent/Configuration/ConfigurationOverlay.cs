using System.Text.Json.Nodes;

namespace EdgeVision.Agent;

/// <summary>What the hub wishes (the desired property <c>config</c>) laid over the file: bound by the same table of keys and limits, whole or not at all.</summary>
/// <remarks>
/// {"cameras": {"north": {"stallSeconds": 8}}, "model": {"minConfidence": 0.4}, "telemetry": {"intervalSeconds": 10}}. Null or absent leaves the file's value.
/// A camera that the file has not is added by naming its source. Documented for people in <c>docs/remote.md</c>.
/// </remarks>
internal sealed class ConfigurationOverlay
{
    public const string Root = "config";
    private const string Cameras = "cameras";
    private const int MostCameras = 64;
    private static readonly string[] Sections = [Cameras, "model", "update", "telemetry"];
    private readonly List<string> _faults = [];

    /// <param name="wishes">The content of <c>config</c>.</param>
    /// <param name="file">What the file says.</param>
    /// <param name="orphansStay">A camera without a source, because the file no longer has it: left out instead of refused.</param>
    /// <exception cref="ConfigurationException">One line for each fault, with the property's path.</exception>
    public static AgentOptions Lay(JsonObject wishes, AgentOptions file, bool orphansStay = false)
    {
        var overlay = new ConfigurationOverlay();
        var options = overlay.Bind(wishes, file, orphansStay);
        if (overlay._faults.Count > 0)
        {
            throw new ConfigurationException(string.Join('\n', overlay._faults));
        }

        var (before, after) = (EffectiveConfiguration.Of(file).ToJsonString(), EffectiveConfiguration.Of(options).ToJsonString());
        return before == after ? options : options with { Hash = ConfigurationReader.HashOf(file.Hash + after) };
    }

    private AgentOptions Bind(JsonObject wishes, AgentOptions options, bool orphansStay)
    {
        foreach (var (name, wish) in wishes)
        {
            options = (name, wish) switch
            {
                (_, null) => options,
                (Cameras, JsonObject cameras) => options with { Cameras = BindCameras(cameras, options.Cameras, orphansStay) },
                ("model", JsonObject model) => options with { Model = Bind($"{Root}.model", model, options.Model, ConfigurationKeys.Model) },
                ("update", JsonObject update) => options with { Update = Bind($"{Root}.update", update, options.Update, ConfigurationKeys.Update) },
                ("telemetry", JsonObject telemetry) => options with { Telemetry = Bind($"{Root}.telemetry", telemetry, options.Telemetry, ConfigurationKeys.Telemetry) },
                _ => Stray(name, options),
            };
        }

        return options;
    }

    private AgentOptions Stray(string name, AgentOptions options)
    {
        _faults.Add(Sections.Contains(name) ? $"{Root}.{name} wants an object"
            : ConfigurationKeys.Sections.Contains(name) ? $"{Root}.{name} can be set in edgevision.toml only"
            : $"{Root}.{name} is not a key; {Suggestion.For(name, Sections)}");
        return options;
    }

    private List<CameraOptions> BindCameras(JsonObject wishes, IReadOnlyList<CameraOptions> file, bool orphansStay)
    {
        var cameras = file.ToList();
        foreach (var (id, wish) in wishes.Where(pair => pair.Value is not null).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var path = $"{Root}.{Cameras}.{id}";
            var index = cameras.FindIndex(camera => camera.Id == id);
            if (wish is not JsonObject keys || !ConfigurationValue.IsName(id))
            {
                _faults.Add($"{path} wants an object, and a name of 1 to 64 of a-z A-Z 0-9 _ -");
            }
            else if (Bind(path, keys, index < 0 ? new CameraOptions { Id = id } : cameras[index], ConfigurationKeys.Camera) is var camera && camera.Source.Length > 0)
            {
                cameras.RemoveAll(each => each.Id == id);
                cameras.Insert(index < 0 ? cameras.Count : index, camera);
            }
            else if (!orphansStay && _faults.Count == 0)
            {
                _faults.Add($"{path} has no source, and edgevision.toml has no camera of that id{(file.Count > 0 ? "; " + Suggestion.For(id, file.Select(each => each.Id)) : "")}");
            }
        }

        if (cameras.Count > MostCameras)
        {
            _faults.Add($"{Root}.{Cameras} makes {cameras.Count} cameras; at most {MostCameras} can run here");
        }

        return cameras;
    }

    private T Bind<T>(string path, JsonObject wishes, T section, ConfigurationKey<T>[] keys)
    {
        foreach (var (name, wish) in wishes.Where(pair => pair.Value is not null))
        {
            var known = keys.FirstOrDefault(key => key.RemoteName == name);
            if (known?.Show is null)
            {
                _faults.Add(known is not null
                    ? $"{path}.{name} can be set in edgevision.toml only"
                    : $"{path}.{name} is not a key; {Suggestion.For(name, keys.Where(key => key.Show is not null).Select(key => key.RemoteName))}");
                continue;
            }

            try
            {
                section = known.Set(section, new ConfigurationValue($"{path}.{name}", wish));
            }
            catch (ConfigurationException fault)
            {
                _faults.Add(fault.Message);
            }
        }

        return section;
    }
}
