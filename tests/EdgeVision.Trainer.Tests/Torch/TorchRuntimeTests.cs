using EdgeVision.Trainer.Torch;
using TorchSharp;

namespace EdgeVision.Trainer.Tests.Torch;

public class TorchRuntimeTests
{
    [Fact]
    public void Start_OnThisMachine_TorchCalculates()
    {
        TorchRuntime.Start(threads: 2);

        using var sum = torch.tensor(new float[] { 1, 2, 3 }).sum();
        Assert.Equal(6, sum.item<float>());
        Assert.Equal(2, torch.get_num_threads());
    }

    [Fact]
    public void Mark_NoElfFile_SaysWhatToDo() =>
        Assert.Contains("Restore the NuGet package", Assert.Throws<TrainerException>(() => WeakVersion.Mark(new byte[100], "GLIBCXX_3.4.32")).Message, StringComparison.Ordinal);
}
