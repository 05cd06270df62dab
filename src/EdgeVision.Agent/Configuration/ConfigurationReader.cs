using System.Security.Cryptography;
using System.Text;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace EdgeVision.Agent;

/// <summary><c>edgevision.toml</c> to <see cref="AgentOptions"/>: everything that is wrong with the file is said at once.</summary>
internal sealed class ConfigurationReader
{
    private readonly string _file;
    private readonly List<string> _faults = [];

    private ConfigurationReader(string file) => _file = file;

    /// <exception cref="ConfigurationException">The file cannot be read, is not TOML, or a key, a value or a combination is wrong.</exception>
    public static AgentOptions Read(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file}: {exception.Message} Start from deploy/edgevision.toml.");
        }

        return Parse(text, file);
    }

    public static AgentOptions Parse(string text, string file)
    {
        var document = SyntaxParser.Parse(text, file);
        if (document.HasErrors)
        {
            throw new ConfigurationException(string.Join('\n', document.Diagnostics.Select(fault => $"{file}:{fault.Span.Start.Line + 1}: {fault.Message}")));
        }

        return new ConfigurationReader(file).Bind(document, text);
    }

    private AgentOptions Bind(DocumentSyntax document, string text)
    {
        var options = new AgentOptions { Hash = HashOf(text) };
        foreach (var stray in document.KeyValues)
        {
            Fault(stray, $"'{NameOf(stray.Key)}' stands before any section; sections are {Listed()}");
        }

        foreach (var table in document.Tables)
        {
            options = Bind(options, table);
        }

        _faults.AddRange(ConfigurationRules.Check(options, _file));
        return _faults.Count == 0 ? options : throw new ConfigurationException(string.Join('\n', _faults.Distinct()));
    }

    private AgentOptions Bind(AgentOptions options, TableSyntaxBase table)
    {
        var section = NameOf(table.Name!);
        if (table is TableArraySyntax != (section == "camera") && ConfigurationKeys.Sections.Contains(section))
        {
            Fault(table, section == "camera" ? "each camera is a [[camera]], with two brackets" : $"[{section}] has one bracket");
        }

        switch (section)
        {
            case "device": return options with { Device = Bind(options.Device, table, ConfigurationKeys.Device) };
            case "hub": return options with { Hub = Bind(options.Hub ?? new(), table, ConfigurationKeys.Hub) };
            case "provisioning": return options with { Provisioning = Bind(options.Provisioning ?? new(), table, ConfigurationKeys.Provisioning) };
            case "broker": return options with { Broker = Bind(options.Broker ?? new(), table, ConfigurationKeys.Broker) };
            case "model": return options with { Model = Bind(options.Model, table, ConfigurationKeys.Model) };
            case "update": return options with { Update = Bind(options.Update, table, ConfigurationKeys.Update) };
            case "telemetry": return options with { Telemetry = Bind(options.Telemetry, table, ConfigurationKeys.Telemetry) };
            case "http": return options with { Http = Bind(options.Http, table, ConfigurationKeys.Http) };
            case "camera": return options with { Cameras = [.. options.Cameras, Bind(new CameraOptions(), table, ConfigurationKeys.Camera)] };
            default:
                Fault(table, $"[{section}] is not a section; {Suggestion.For(section, ConfigurationKeys.Sections)}");
                return options;
        }
    }

    private T Bind<T>(T section, TableSyntaxBase table, ConfigurationKey<T>[] keys)
    {
        foreach (var pair in table.Items)
        {
            var name = NameOf(pair.Key!);
            var path = $"{NameOf(table.Name!)}.{name}";
            if (keys.FirstOrDefault(key => key.Name == name) is not { } known)
            {
                Fault(pair, $"{path} is not a key; {Suggestion.For(name, keys.Select(key => key.Name))}");
                continue;
            }

            try
            {
                section = known.Set(section, new ConfigurationValue($"{_file}:{pair.Span.Start.Line + 1}: {path}", TomlJson.Of(pair.Value), _file));
            }
            catch (ConfigurationException fault)
            {
                _faults.Add(fault.Message);
            }
        }

        return section;
    }

    private void Fault(SyntaxNodeBase at, string what) => _faults.Add($"{_file}:{at.Span.Start.Line + 1}: {what}");

    private static string NameOf(KeySyntax? key) => key?.ToString().Trim() ?? "";

    private static string Listed() => string.Join(", ", ConfigurationKeys.Sections);

    /// <summary><c>sha256:</c> and the first 16 hex digits.</summary>
    internal static string HashOf(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
