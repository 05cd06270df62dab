using System.Globalization;
using EdgeVision.Onnx.Schema;
using Google.Protobuf;

namespace EdgeVision.Onnx.Tests;

/// <summary>Files broken at random are read, followed, raised and written, or refused in one sentence; nothing else may come out. Longer with EDGEVISION_SOAK_CYCLES.</summary>
public sealed class OnnxFuzzTests
{
    private static readonly int Rounds = 2500 * int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "1", CultureInfo.InvariantCulture);
    private static readonly long[] Odd = [0, -1, 1, 2, long.MaxValue, long.MinValue, int.MaxValue, int.MinValue, 1L << 40, -7];

    [Fact]
    public void OnnxModel_BytesBrokenAtRandom_AreUsedOrRefused() => Run(11, (random, bytes, other) => random.Next(6) switch
    {
        0 => bytes[..random.Next(bytes.Length)],
        1 => [.. bytes[..random.Next(bytes.Length)], .. other[random.Next(other.Length)..]],
        2 => Insert(bytes, random, other),
        _ => Flip(bytes, random),
    });

    /// <summary>As somebody would break it who knows the format: every message stays whole, what it says does not.</summary>
    [Fact]
    public void OnnxModel_WellFormedNonsense_IsUsedOrRefused() => Run(12, (random, bytes, other) =>
    {
        var model = ModelProto.Parser.ParseFrom(bytes);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            Change(model, ModelProto.Parser.ParseFrom(other).Graph, random);
        }

        return model.ToByteArray();
    });

    private static void Run(int seed, Func<Random, byte[], byte[], byte[]> damage)
    {
        var random = new Random(seed);
        var files = ConformanceCase.Picked().Select(example => example.Model).ToArray();
        var (used, refused) = (0, 0);
        for (var i = 0; i < Rounds; i++)
        {
            var broken = damage(random, files[i % files.Length], files[random.Next(files.Length)]);
            try
            {
                Use(broken);
                used++;
            }
            catch (OnnxException exception)
            {
                Assert.Contains("broken.onnx", exception.Message, StringComparison.Ordinal);
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"round {i} of seed {seed}: {exception}\n{Convert.ToBase64String(broken)}");
            }
        }

        Assert.True(used > Rounds / 100 && refused > Rounds / 100, $"{used} used, {refused} refused: one side is not tried");
    }

    private static void Use(byte[] bytes)
    {
        var model = OnnxModel.Load(bytes, "broken.onnx");
        ShapeInference.Infer(model);
        ModelSummary.Of(model);
        model.RequireFinite();
        model.RequireKnownDomains();
        OpsetUpgrade.Raise(model);
        OnnxModel.Load(model.Save(), "broken.onnx");
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        byte[] flipped = [.. bytes];
        for (var flips = random.Next(1, 4); flips > 0; flips--)
        {
            flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
        }

        return flipped;
    }

    private static byte[] Insert(byte[] bytes, Random random, byte[] other)
    {
        var (at, from) = (random.Next(bytes.Length), random.Next(other.Length));
        return [.. bytes[..at], .. other[from..Math.Min(other.Length, from + random.Next(40))], .. bytes[at..]];
    }

    private static void Change(ModelProto model, GraphProto other, Random random)
    {
        var (graph, node) = (model.Graph, Pick(model.Graph.Node, random));
        switch (random.Next(10))
        {
            case 0 when Pick(graph.Input, random)?.Type?.TensorType?.Shape is { Dim.Count: > 0 } shape:
                shape.Dim[random.Next(shape.Dim.Count)].DimValue = Pick(Odd, random);
                break;
            case 1 when Pick(graph.Initializer, random) is { Dims.Count: > 0 } tensor:
                tensor.Dims[random.Next(tensor.Dims.Count)] = Pick(Odd, random);
                break;
            case 2 when node is not null && Pick(node.Attribute, random) is { } attribute:
                attribute.I = Pick(Odd, random);
                attribute.Ints.Add(Pick(Odd, random));
                break;
            case 3 when node is not null && Pick(node.Attribute, random) is { Ints.Count: > 0 } attribute:
                attribute.Ints[random.Next(attribute.Ints.Count)] = Pick(Odd, random);
                break;
            case 4 when node is not null && Pick(node.Attribute, random) is { } attribute:
                attribute.Type = (AttributeProto.Types.AttributeType)random.Next(16);
                break;
            case 5 when node is { Input.Count: > 0 }:
                node.Input[random.Next(node.Input.Count)] = Pick(graph.Input, random)?.Name ?? "";
                break;
            case 6 when node is { Input.Count: > 0 }:
                node.Input.RemoveAt(random.Next(node.Input.Count));
                break;
            case 7 when node is not null:
                node.OpType = Pick(other.Node, random)?.OpType ?? "";
                break;
            case 8 when node is not null && Pick(other.Node, random) is { } giver:
                node.Attribute.AddRange(giver.Attribute);
                break;
            case 9:
                model.OpsetImport[0].Version = random.Next(5, 22);
                break;
        }
    }

    private static T? Pick<T>(IList<T> items, Random random) => items.Count == 0 ? default : items[random.Next(items.Count)];
}
