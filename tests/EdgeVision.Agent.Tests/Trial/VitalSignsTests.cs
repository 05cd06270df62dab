using EdgeVision.Inference;

namespace EdgeVision.Agent.Tests;

public sealed class VitalSignsTests
{
    private readonly WallClock _time = new();
    private readonly VisionResult _something = new(), _nothing = new();

    public VitalSignsTests()
    {
        _time.Pass(1);
        ScriptedModel.Seeing().Infer(null!, _something);
    }

    [Fact]
    public void Observe_Silence_IsWhatPassedBetweenFrames_AndAPulledCableIsNot()
    {
        var vitals = new VitalSigns(TimeSpan.FromSeconds(10), _time);

        vitals.Observe(_something, isSound: true);
        Pass(vitals, frames: 5, secondsEach: 1);     // 5 s of nothing
        Pass(vitals, frames: 1, secondsEach: 3600);  // the cable was out: 10 s
        Assert.Equal(TimeSpan.FromSeconds(15), vitals.Read().Silence);
        _time.Pass(1);
        vitals.Observe(_something, isSound: true);
        Pass(vitals, frames: 2, secondsEach: 1);

        var figures = vitals.Read();
        Assert.Equal((2.0, 15.0, 18.0), (figures.Silence.TotalSeconds, figures.LongestSilence.TotalSeconds, figures.Watched.TotalSeconds));
        Assert.Equal((10L, 2L, 2L), (figures.Frames, figures.Answers, figures.Seen));
    }

    [Fact]
    public void Observe_SteadyState_AllocatesNothing()
    {
        var vitals = new VitalSigns(TimeSpan.FromSeconds(10), TimeProvider.System);

        Assert.Equal(0, Allocated.Bytes(200, () => vitals.Observe(_something, isSound: true)));
    }

    [Fact]
    public void Observe_AnotherModel_KeepsWhatTheOneBeforeDid()
    {
        var observer = new ServiceObserver(TimeSpan.FromSeconds(10), _time);
        var (first, second) = (ScriptedModel.Seeing(), ScriptedModel.Seeing());
        var frames = new AgentFrames();
        using var frame = frames.Next();

        observer.Observe(frame, first, _something);
        observer.Observe(frame, first, _something);
        observer.Observe(frame, second, _nothing);
        observer.Failed(second);

        Assert.Equal((2L, 0L), (observer.Before!.Read().Frames, observer.Before.Read().Failed));
        Assert.Equal((1L, 1L), (observer.Vitals.Read().Frames, observer.Vitals.Read().Failed));
        Assert.Equal(0, Allocated.Bytes(200, () => observer.Observe(frame, second, _something)));
    }

    [Fact]
    public void Observe_OnProbation_CountsAnswersThatAreNoNumbers()
    {
        var observer = new ServiceObserver(TimeSpan.FromSeconds(10), _time);
        var model = new ScriptedModel(ScriptedModel.PersonCar, (_, _) => { }) { IsFinite = _ => false };
        var frames = new AgentFrames();
        using var frame = frames.Next();

        observer.Observe(frame, model, _something);
        Assert.Equal(0, observer.Vitals.Read().Unsound);
        observer.IsStrict = true;
        observer.Observe(frame, model, _something);

        Assert.Equal(1, observer.Vitals.Read().Unsound);
    }

    private void Pass(VitalSigns vitals, int frames, double secondsEach)
    {
        for (var i = 0; i < frames; i++)
        {
            _time.Pass(secondsEach);
            vitals.Observe(_nothing, isSound: true);
        }
    }
}
