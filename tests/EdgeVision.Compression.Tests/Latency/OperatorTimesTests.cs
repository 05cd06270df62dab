using System.Text;

namespace EdgeVision.Compression.Tests;

public sealed class OperatorTimesTests
{
    [Fact]
    public void Measure_SqueezeNet_MostOfTheTimeIsConvolutions()
    {
        var times = OperatorTimes.Measure(new TimedNetwork("squeezenet", File.ReadAllBytes(TestData.Require("models/squeezenet/squeezenet_fp32.onnx"))));

        Assert.Equal("Conv", times.MaxBy(each => each.Value).Key);
        Assert.Contains("Concat", times.Keys);
        Assert.Empty(Directory.GetFiles(Environment.CurrentDirectory, "onnxruntime_profile*"));
    }

    [Fact]
    public void Read_TwoRuns_TakesTheLesserAndCountsIntegersWithFloats()
    {
        // first run 100 + 50 us, second 70 + 20 + 30 us; what stands outside of a run's nodes counts nowhere
        var times = Read(
            Session("session_initialization", 900), Node("Conv", 100), Node("Relu", 50), Session("SequentialExecutor::Execute", 160), Session("model_run", 170),
            Node("QLinearConv", 70), Node("Conv", 20), Node("Relu", 30), Session("model_run", 130));

        Assert.Equal([("Conv", 0.09), ("Relu", 0.03)], times.Select(each => (each.Key, Math.Round(each.Value, 6))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[{\"cat\":\"Node\",\"name\":\"a\"b\"")]
    public void Read_NoJson_IsEmpty(string profile) => Assert.Empty(OperatorTimes.Read(new MemoryStream(Encoding.UTF8.GetBytes(profile))));

    [Fact]
    public void Rank_TenOperators_AreSevenAndTheOthers()
    {
        // Gelu is gone in 8 bits, and still shown, because it is where the float network's time went
        var before = Enumerable.Range(1, 9).ToDictionary(i => $"op{i}", i => (double)i);
        before["Gelu"] = 20;
        var after = Enumerable.Range(1, 9).ToDictionary(i => $"op{i}", i => i / 2.0);

        var rows = OperatorTable.Rank(before, after);

        Assert.Equal(["Gelu", "op9", "op8", "op7", "op6", "op5", "op4", "others"], rows.Select(row => row.Operator));
        Assert.Equal((6.0, 3.0), (rows[^1].Fp32Ms, rows[^1].Ms));
        Assert.Equal(1, rows.Sum(row => row.Share), 9);
    }

    private static IReadOnlyDictionary<string, double> Read(params string[] events) => OperatorTimes.Read(new MemoryStream(Encoding.UTF8.GetBytes($"[\n{string.Join(",\n", events)}\n]\n")));

    private static string Node(string name, int microseconds) => $$$"""{"cat" : "Node","pid" :1,"tid" :2,"dur" :{{{microseconds}}},"ts" :3,"ph" : "X","name" :"{{{name}}}_1_kernel_time","args" : {"op_name" : "{{{name}}}","input_type_shape" : [{"float":[1,3]}]}}""";

    private static string Session(string name, int microseconds) => $$$"""{"cat" : "Session","pid" :1,"tid" :2,"dur" :{{{microseconds}}},"ts" :3,"ph" : "X","name" :"{{{name}}}","args" : {}}""";
}
