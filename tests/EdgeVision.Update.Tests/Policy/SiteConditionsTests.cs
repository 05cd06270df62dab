namespace EdgeVision.Update.Tests;

public sealed class SiteConditionsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Hold => _directory.File("update.hold");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("audit until Friday\nsecond line\n", "audit until Friday")]
    [InlineData("  audit \r\n", "audit")]
    [InlineData("a\tb\u001b[31m", "ab[31m")]
    public void ReadHold_FileIsThere_IsItsFirstLine(string content, string reason)
    {
        File.WriteAllText(Hold, content);

        Assert.Equal(reason, Conditions().ReadHold());
    }

    [Fact]
    public void ReadHold_NoFile_HoldsNothing() => Assert.Null(Conditions().ReadHold());

    [Fact]
    public void ReadHold_EmptyOrNotAFile_HoldsAllTheSame()
    {
        File.WriteAllText(Hold, "");
        Assert.Equal($"{Hold} is there and gives no reason", Conditions().ReadHold());

        File.Delete(Hold);
        Directory.CreateDirectory(Hold);
        Assert.Equal($"{Hold} is there and cannot be read", Conditions().ReadHold());
    }

    [Fact]
    public void ReadHold_HugeFile_IsCut()
    {
        File.WriteAllText(Hold, new string('x', 1_000_000));

        Assert.Equal(200, Conditions().ReadHold()!.Length);
    }

    [Fact]
    public void Now_MeteredFile_ComesAndGoes()
    {
        var file = _directory.File("metered");
        Assert.False(Conditions(file).Now(TimeProvider.System).IsMetered);

        File.WriteAllText(file, "");
        Assert.True(Conditions(file).Now(TimeProvider.System).IsMetered);
        Assert.False(Conditions().Now(TimeProvider.System).IsMetered);
    }

    private SiteConditions Conditions(string? metered = null) => new(Hold, metered);
}
