using EdgeVision.Trainer.Torch;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary>One training of <see cref="Stripes"/> in a folder; made again on the same folder, it goes on.</summary>
internal sealed class SmallTraining : IProgress<TrainingProgress>, IDisposable
{
    private readonly TrainingOptions _options;
    private readonly SampleLoader _loader;
    private readonly Examiner _validation;
    private readonly CancellationTokenSource _stop = new();
    private int _steps;

    public SmallTraining(string folder, TrainingOptions options, SampleReader? read = null)
    {
        TorchRuntime.Start(options.Threads);
        _options = options;
        var (train, validation) = (Stripes.Draw(200, seed: 1), Stripes.Draw(100, seed: 2));
        var normalization = Normalization.Of(train);
        Learner = new Learner(Stripes.Graph(), options, classWeights: null);
        _loader = new SampleLoader(train.Count, options.BatchSize, Stripes.Shape, read ?? ((index, _, values) =>
        {
            train.Read(index, normalization, values);
            return train.Labels[index];
        }));
        _validation = new Examiner(validation, normalization);
        var isThere = File.Exists(Path.Combine(folder, "run.json"));
        Folder = isThere ? RunFolder.Open(folder).Folder : RunFolder.Create(folder, new RunDescription(new RunSettings { Model = "stripes", Data = "drawn", Options = options }, ["row", "column"], [1, 8, 8], normalization, 0, 0));
        State = File.Exists(Folder.Checkpoint) ? Checkpoint.Load(Folder.Checkpoint, Learner) : new TrainingState();
    }

    public Learner Learner { get; }

    public RunFolder Folder { get; }

    public TrainingState State { get; private set; }

    /// <summary>The step, counted from when this was made, after which it is stopped.</summary>
    public int StopAfter { get; init; } = int.MaxValue;

    public float[] Weights => Learner.Judged.Values.data<float>().ToArray();

    public SmallTraining Run()
    {
        State = new TrainingLoop(Learner, _loader, _validation, _options, Folder, this, TimeProvider.System).Run(State, _stop.Token);
        return this;
    }

    public void Report(TrainingProgress value)
    {
        if (++_steps == StopAfter)
        {
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _validation.Dispose();
        _loader.Dispose();
        Learner.Dispose();
    }
}
