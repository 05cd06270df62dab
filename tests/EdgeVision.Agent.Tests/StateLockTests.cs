using System.Globalization;

namespace EdgeVision.Agent.Tests;

public sealed class StateLockTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_HeldAlready_NamesTheDirectoryAndTheOthersPid_AndIsFreeAfterwards()
    {
        using (StateLock.Take(_folder.File("state")))
        {
            var refused = Assert.Throws<IOException>(() => StateLock.Take(_folder.File("state")));
            Assert.Contains($"{_folder.File("state")} is in use by another edgevisiond (pid {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)})", refused.Message, StringComparison.Ordinal);
        }

        StateLock.Take(_folder.File("state")).Dispose();
    }
}
