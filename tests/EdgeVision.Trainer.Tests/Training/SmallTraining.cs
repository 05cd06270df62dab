using EdgeVision.Trainer.Distributed;
using EdgeVision.Trainer.Torch;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary>One training of <see cref="Stripes"/> in a folder; made again on the same folder, it goes on.</summary>
internal sealed class SmallTraining : IProgress<TrainingProgress>, IDisposable
{
    private const int Pictures = 400;

    private readonly TrainingOptions _options;
    private readonly TrainingData _data;
    private readonly Objective _objective;
    private readonly BatchLoader _loader;
    private readonly Examiner _validation;
    private readonly CancellationTokenSource _stop = new();
    private int _steps;

    public SmallTraining(string folder, TrainingOptions options, Func<Objective, Objective>? with = null)
    {
        TorchRuntime.Start(options.Threads);
        _options = options;
        var settings = new RunSettings { Model = "mlp", Data = new DataWish { Data = Stripes.Write(folder + ".data", Pictures) }, Shares = new SplitShares(0.25, 0.25), Options = options };
        _data = TrainingData.Of(settings.Data.Open(new FreezeOptions { Name = "stripes", Shares = settings.Shares }, threads: 1), settings);
        var objective = ObjectiveCatalog.For(settings, _data);
        _objective = with is null ? objective : with(objective);
        Learner = new Learner(Stripes.Graph(), options, _objective, RankGroup.Alone);
        _loader = _data.Loader(_data.Train, new BatchOptions { BatchSize = options.BatchSize, LeastBatch = 2, Seed = options.Seed });
        _validation = new Examiner(_data, _data.Validation, objective);
        var isThere = File.Exists(Path.Combine(folder, "run.json"));
        Folder = isThere ? RunFolder.Open(folder).Folder : RunFolder.Create(folder, new RunDescription(settings, _data.Version.Digest, _data.Version.Kind, _data.Version.Classes, _data.Input, 0, 0), _data.Version);
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
        State = new TrainingLoop(Learner, _loader, _validation, _objective.Metric, _options, Folder, this, TimeProvider.System).Run(State, _stop.Token);
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
        Learner.Dispose();
        _objective.Dispose();
        _data.Dispose();
    }
}
