namespace EdgeVision.Trainer.Tests;

public sealed class DigitRendererTests
{
    [Fact]
    public void Render_EachDigit_IsInkAboutTheMiddleWithinItsFrame()
    {
        for (var i = 0; i < 200; i++)
        {
            var picture = DigitRenderer.Render(i % 10, RandomStream.For(1, 0, i));
            var ink = picture.Select((value, at) => (Value: (double)value, X: at % 28 + 0.5, Y: at / 28 + 0.5)).ToArray();
            var sum = ink.Sum(pixel => pixel.Value);

            Assert.InRange(sum / 255, 10, 250);
            Assert.Equal(14, ink.Sum(pixel => pixel.Value * pixel.X) / sum, 2.0);
            Assert.Equal(14, ink.Sum(pixel => pixel.Value * pixel.Y) / sum, 2.0);
            Assert.Equal(picture, DigitRenderer.Render(i % 10, RandomStream.For(1, 0, i)));
        }
    }

    [Fact]
    public void Write_Set_IsReadAsIdxAndHasNoTwoAlike()
    {
        using var folder = new TemporaryDirectory();
        DigitSet.Write(folder.File("digits"), 200, seed: 1);

        var report = QualityCheck.Run(Surveyor.Survey(new DataWish { Data = folder.File("digits") }.Sources(), [], threads: 2));

        Assert.Equal(Enumerable.Range(0, 10).Select(digit => $"{digit}"), report.Survey.Classes);
        Assert.Equal(Enumerable.Repeat(20, 10), report.Counts);
        Assert.All(report.Survey.Candidates, (candidate, i) => Assert.Equal(i % 10, candidate.Class));
        Assert.Contains("is there already", Assert.Throws<TrainerException>(() => DigitSet.Write(folder.File("digits"), 1, seed: 1)).Message, StringComparison.Ordinal);
    }
}
