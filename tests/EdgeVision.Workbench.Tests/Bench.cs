using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EdgeVision.Workbench.Tests;

/// <summary>The published program at work on a repository in a folder of its own.</summary>
internal sealed class Bench : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly TemporaryDirectory _folder = new();

    public string Tree => File("tree");

    public string File(string name) => _folder.File(name);

    /// <summary><c>edgevision repo ...</c></summary>
    public static ProgramOutput Run(params string[] arguments) => Published.Run(Published.Workbench, Deadline, ["repo", .. arguments]);

    /// <summary>Runs a command that must succeed.</summary>
    public static string Do(params string[] arguments)
    {
        var output = Run(arguments);
        Assert.True(output.ExitCode == 0, $"{string.Join(' ', arguments)}: {output.Error}");
        return output.Output;
    }

    public static JsonElement Json(params string[] arguments) => JsonDocument.Parse(Do([.. arguments, "--json"])).RootElement;

    /// <summary>Makes a key and returns its id.</summary>
    public string NewKey(string name, string type = "ecdsa") => Json("key", "new", File(name), "--type", type).GetProperty("keyId").GetString()!;

    /// <summary>Root 2 of 3 (a, b, c), targets 2 of 2 (t, r), one online (o): only the online key signs by itself.</summary>
    public void InitForASite()
    {
        foreach (var name in new[] { "a", "b", "c", "t", "r", "o" })
        {
            NewKey(name + ".pem", name == "b" ? "ed25519" : "ecdsa");
        }

        Do("init", Tree, "--root-key", File("a.pem.pub"), "--root-key", File("b.pem.pub"), "--root-key", File("c.pem.pub"), "--targets-key", File("t.pem.pub"), "--targets-key", File("r.pem.pub"), "--online-key", File("o.pem.pub"));
        Do("sign", Tree, "--key", File("a.pem"), "--key", File("b.pem"), "--key", File("t.pem"), "--key", File("r.pem"), "--key", File("o.pem"));
    }

    public string Package(string version, int counter, string contents = "abc")
    {
        var (directory, model) = (File($"toy-{version}"), Encoding.UTF8.GetBytes(contents));
        Directory.CreateDirectory(directory);
        System.IO.File.WriteAllBytes(Path.Combine(directory, "model.onnx"), model);
        System.IO.File.WriteAllText(Path.Combine(directory, "manifest.json"), $$"""
            { "schema": 1, "model": "toy", "version": "{{version}}", "counter": {{counter}},
              "files": [ { "role": "model", "name": "model.onnx", "size": {{model.Length}}, "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(model))}}" } ],
              "io": { "inputs": [{ "name": "in", "type": "float32", "shape": [1, 3, 4, 4] }], "outputs": [{ "name": "out", "type": "float32", "shape": [1, 2] }] },
              "preprocess": {}, "decode": { "decoder": "yolox" } }
            """);
        return directory;
    }

    public void Dispose() => _folder.Dispose();
}
