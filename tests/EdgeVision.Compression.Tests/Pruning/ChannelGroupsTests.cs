using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests.Pruning;

public sealed class ChannelGroupsTests
{
    [Fact]
    public void Of_TwoConvolutionsInARow_GivesTheFirstsChannels()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var model = net.Build(net.Conv(net.Add("Relu", [net.Conv("x", 3, 8)]), 8, 5));

        var groups = ChannelGroups.Of(model);

        var group = Assert.Single(groups.Groups);
        Assert.Equal((8, 1), (group.Channels.Count, group.Width));
        Assert.Equal([model.Graph.Nodes[0].Name], group.Layers);
        var blocked = Assert.Single(groups.Blocked);
        Assert.Equal((model.Graph.Nodes[2].Name, 5, 5), (blocked.Node, blocked.Kept, blocked.Of));
        Assert.Contains("output", blocked.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_TwoOfEight_LeavesTheOthersWeightsAndReaders()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var model = net.Build(net.Conv(net.Add("Relu", [net.Conv("x", 3, 8)]), 8, 5));
        var (first, second) = (model.Graph.Nodes[0], model.Graph.Nodes[2]);
        var weights = model.Graph.Initializer(first.Input[1])!.ReadFloats();
        var groups = ChannelGroups.Of(model);

        groups.Remove(new HashSet<int> { groups.Groups[0].Channels[0], groups.Groups[0].Channels[3] });

        Assert.Equal([6, 3, 1, 1], model.Graph.Initializer(first.Input[1])!.Dims);
        Assert.Equal([6], model.Graph.Initializer(first.Input[2])!.Dims);
        Assert.Equal([5, 6, 1, 1], model.Graph.Initializer(second.Input[1])!.Dims);
        Assert.Equal([.. weights[3..9], .. weights[12..]], model.Graph.Initializer(first.Input[1])!.ReadFloats());
    }

    [Fact]
    public void Of_ConvolutionsThatAreAdded_ShareTheirChannels()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var model = net.Build(net.Conv(net.Add("Add", [net.Conv("x", 3, 8), net.Conv("x", 3, 8)]), 8, 5));

        var group = Assert.Single(ChannelGroups.Of(model).Groups);

        Assert.Equal(8, group.Channels.Count);
        Assert.Equal([model.Graph.Nodes[0].Name, model.Graph.Nodes[1].Name], group.Layers);
    }

    [Fact]
    public void Of_Flattened_TakesABlockOfColumnsForEachChannel()
    {
        var net = new Sketch(1, 1, 1, 3, 2);
        var model = net.Build(net.Gemm(net.Add("Flatten", [net.Conv("x", 1, 4)]), 4 * 6, 2));
        var groups = ChannelGroups.Of(model);

        var columns = groups.PlacesOf(groups.Groups[0].Channels[2]).Where(place => place.Role == BindingRole.Reads).Select(place => place.Index);

        // Channel 2 of 4, of 3 x 2 pixels each: numbers 12 to 17 of the flattened map.
        Assert.Equal([12, 13, 14, 15, 16, 17], columns);
    }

    [Fact]
    public void Of_ShuffledInTwoGroups_TiesChannelsInPairs()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var model = net.Build(net.Conv(net.Shuffle(net.Conv("x", 3, 8), 8, 4), 8, 5));

        var group = Assert.Single(ChannelGroups.Of(model).Groups);

        Assert.Equal((4, 2), (group.Channels.Count, group.Width));
    }

    [Fact]
    public void Of_SplitInTwo_LetsEachPartShrinkAlone()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var parts = net.Split(net.Conv("x", 3, 8), 2, 6);
        var model = net.Build(net.Conv(parts[0], 2, 5), net.Conv(parts[1], 6, 5));

        Assert.Equal([2, 6], ChannelGroups.Of(model).Groups.Select(group => group.Channels.Count));
    }

    [Theory]
    [InlineData("Softmax", "weighs them")]
    [InlineData("LRN", "unknown")]
    [InlineData("ReduceMean", "mixes them all")]
    public void Of_OperatorThatMixesChannels_KeepsThemAndSaysWhy(string operation, string reason)
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var mixed = net.Add(operation, [net.Conv("x", 3, 8)], operation switch { "LRN" => OnnxNode.Int("size", 3), "Softmax" => OnnxNode.Int("axis", 1), _ => OnnxNode.Ints("axes", 1) });

        var groups = ChannelGroups.Of(net.Build(net.Add("Add", [mixed, net.Floats([], 1)])));

        Assert.Empty(groups.Groups);
        Assert.Contains(reason, groups.Blocked[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DepthwiseOnTheInput_Stays()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var model = net.Build(net.Conv(net.Conv("x", 3, 6, 3, groups: 3), 6, 5));

        var groups = ChannelGroups.Of(model);

        Assert.Empty(groups.Groups);
        Assert.Equal(2, groups.Blocked.Count);
    }

    [Fact]
    public void Of_NodeToKeep_KeepsWhatItGives()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var model = net.Build(net.Conv(net.Conv(net.Conv("x", 3, 8), 8, 8), 8, 5));

        var groups = ChannelGroups.Of(model, keep: new HashSet<string> { model.Graph.Nodes[1].Name });

        Assert.Equal([model.Graph.Nodes[0].Name], Assert.Single(groups.Groups).Layers);
    }

    [Fact]
    public void Remove_WholeGroupOrBlockedChannel_IsRefused()
    {
        var net = new Sketch(1, 1, 3, 4, 4);
        var groups = ChannelGroups.Of(net.Build(net.Conv(net.Conv("x", 3, 8), 8, 5)));

        Assert.Contains("Nothing would be left", Assert.Throws<CompressionException>(() => groups.Remove(groups.Groups[0].Channels.ToHashSet())).Message, StringComparison.Ordinal);
        Assert.Contains("output", Assert.Throws<CompressionException>(() => groups.Remove(new HashSet<int> { 8 })).Message, StringComparison.Ordinal);
    }
}
