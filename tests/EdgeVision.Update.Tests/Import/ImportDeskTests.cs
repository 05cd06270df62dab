using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Update.Tests;

public sealed class ImportDeskTests : IDisposable
{
    private readonly ImportTree _tree = new();
    private readonly ImportDesk _desk;

    public ImportDeskTests() => _desk = new ImportDesk(_tree.State, NullLogger.Instance);

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Waiting_TheAddressKeptAsText_ComesBackAsTheSameFile()
    {
        var source = _tree.Place().Source;

        Assert.Equal(source, new Uri(source.OriginalString, UriKind.RelativeOrAbsolute));
        Assert.StartsWith("file:///", source.OriginalString, StringComparison.Ordinal);
        Assert.True(Directory.Exists(source.LocalPath));
    }

    [Fact]
    public void Waiting_NothingThere_IsNull() => Assert.Null(_desk.Waiting());

    [Fact]
    public void Finish_TheNewest_EndsTheOlderOnesTooAndTakesTheirFilesAway()
    {
        var (one, two) = (_tree.Place(), _tree.Place());
        var newest = string.CompareOrdinal(one.DeploymentId, two.DeploymentId) > 0 ? one : two;
        Assert.Equal(newest, _desk.Waiting());

        _desk.Finish(newest.DeploymentId, "{}"u8.ToArray());

        Assert.Null(_desk.Waiting());
        Assert.Empty(Directory.GetDirectories(Path.Combine(_tree.State, "import")));
        Assert.All([one, two], import => Assert.True(File.Exists(ImportDesk.OutcomeOf(_tree.State, import.DeploymentId))));
    }

    [Fact]
    public void Finish_SomethingElse_LeavesTheImport()
    {
        var placed = _tree.Place();

        _desk.Finish("d-of-the-hub", "{}"u8.ToArray());

        Assert.Equal(placed, _desk.Waiting());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"action\":\"cancel\",\"deploymentId\":\"x\"}")]
    public void Waiting_OrderDamaged_IsPassedOver(string order)
    {
        File.WriteAllText(Path.Combine(_tree.Place().Source.LocalPath, "deployment.json"), order);

        Assert.Null(_desk.Waiting());
    }
}
