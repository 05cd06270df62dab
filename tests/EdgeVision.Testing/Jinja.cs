using System.Text.Json;
using Xunit;

namespace EdgeVision.Testing;

/// <summary>Jinja2 itself, in the sandbox that Home Assistant runs templates in.</summary>
public static class Jinja
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import json, sys
        from jinja2.sandbox import ImmutableSandboxedEnvironment
        templates, value = json.loads(sys.argv[1]), json.loads(sys.argv[2])
        print(json.dumps([ImmutableSandboxedEnvironment().from_string(template).render(value_json=value).strip() for template in templates]))
        """;

    /// <summary>What templates give for a message.</summary>
    public static IReadOnlyList<string> Render(string message, params string[] templates)
    {
        Assert.SkipUnless(File.Exists("/usr/lib/python3/dist-packages/jinja2/__init__.py"), "needs the package python3-jinja2");
        var output = Published.Run(Python, TimeSpan.FromSeconds(20), "-c", Script, JsonSerializer.Serialize(templates), message);
        Assert.True(output.ExitCode == 0, output.Error);
        return JsonSerializer.Deserialize<string[]>(output.Output)!;
    }
}
