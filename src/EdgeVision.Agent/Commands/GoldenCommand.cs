using System.CommandLine;
using System.Security.Cryptography;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond golden</c>: the golden set of a package, made by its own model from a folder of pictures.</summary>
internal static class GoldenCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "folder of a model package", Required = true };
    private static readonly Option<string> Pictures = new("--pictures") { Description = "folder of PNG and JPEG pictures, of what the cameras will see", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "file to write", Required = true };
    private static readonly Option<int> Count = new("--count") { Description = "pictures, evenly chosen from the folder", DefaultValueFactory = _ => 32 };
    private static readonly Option<string?> Variant = new("--variant") { Description = "of the network, whose answers are expected; the first unless named" };

    public static Command Create()
    {
        var command = new Command("golden", "make the golden set of a model package") { Model, Pictures, Out, Count, Variant };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var package = ModelPackage.Open(arguments.GetRequiredValue(Model));
        package = arguments.GetValue(Variant) is { } variant ? package.Select(variant) : package;
        using var model = VisionModel.Load(package, new InferenceOptions());
        var pictures = Choose(arguments.GetRequiredValue(Pictures), arguments.GetValue(Count));
        var bytes = GoldenSetBuilder.Build(model, package, pictures.Select((path, i) => (NameOf(path, i), (ReadOnlyMemory<byte>)File.ReadAllBytes(path)))).Write();
        var target = arguments.GetRequiredValue(Out);
        File.WriteAllBytes(target, bytes);
        arguments.InvocationConfiguration.Output.WriteLine($$"""{ "role": "golden", "name": "{{Path.GetFileName(target)}}", "size": {{bytes.Length}}, "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(bytes))}}" }""");
        return 0;
    }

    /// <summary>Evenly over the names in order, so that a folder of a day's pictures gives the whole day.</summary>
    private static string[] Choose(string folder, int count)
    {
        string[] all = [.. Directory.GetFiles(folder).Where(path => Path.GetExtension(path).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg").Order(StringComparer.Ordinal)];
        if (all.Length == 0 || count < 1)
        {
            throw new IOException($"{folder} holds {all.Length} PNG or JPEG pictures, and --count is {count}: give a folder with pictures, and a count of 1 or more.");
        }

        var chosen = Math.Min(count, all.Length);
        return [.. Enumerable.Range(0, chosen).Select(i => all[(long)i * all.Length / chosen])];
    }

    private static string NameOf(string path, int index)
    {
        var name = new string([.. Path.GetFileName(path).ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-')]);
        return name.Length <= 48 ? $"{index}-{name}" : $"{index}-{name[^48..]}";
    }
}
