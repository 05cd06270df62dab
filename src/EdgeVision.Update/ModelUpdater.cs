using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>From a deployment to a committed model, or back; a kill at any moment leaves a working one.</summary>
/// <remarks>
/// In: <see cref="ModelDeployment"/>s, one at a time. Out: the package to serve at start, calls to <see cref="IModelTrial"/>, <see cref="UpdateReport"/>s.
/// Example: 4 MB over a link that dies every second, power cut in the middle: the next start serves the old model, <see cref="Pending"/> names the
/// deployment, <see cref="ApplyAsync"/> fetches what is missing and commits. Recover first, then Apply from one task; Report and Changed from any.
/// Behaviour: <see cref="TransitionTable"/>.
/// </remarks>
public sealed partial class ModelUpdater
{
    private readonly UpdateOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelUpdater> _logger;
    private readonly Action<string> _faultPoint;
    private readonly UpdateJournal _journal;
    private readonly SlotStore _slots;
    private readonly ReportBoard _board = new();
    private ModelPackage? _serving;
    private int _applying;

    public ModelUpdater(UpdateOptions options, TimeProvider time, ILogger<ModelUpdater> logger)
        : this(options, time, logger, static _ => { })
    {
    }

    internal ModelUpdater(UpdateOptions options, TimeProvider time, ILogger<ModelUpdater> logger, Action<string> faultPoint)
    {
        (_options, _time, _logger, _faultPoint) = (options, time, logger, faultPoint);
        _journal = new UpdateJournal(new StateFile(options.StateDirectory), faultPoint, logger);
        _slots = new SlotStore(options, logger);
    }

    /// <summary>After every change of state, and every ten per cent of a download. Called on the task that applies: return soon.</summary>
    public event Action<UpdateReport>? Changed
    {
        add => _board.Changed += value;
        remove => _board.Changed -= value;
    }

    public UpdateReport Report => _board.Current;

    /// <summary>The deployment that is not at its end, to be given to <see cref="ApplyAsync"/> after a start; null = none.</summary>
    public ModelDeployment? Pending => TransitionTable.IsEnd(_journal.Record.State) ? null : _journal.Record.Deployment;

    /// <summary>Finishes or undoes what was interrupted, and says what to serve: the active package if every byte of it is whole, else the previous, else the factory's.</summary>
    /// <remarks>Once, at start, before any camera. A damaged state or a disk that cannot be written does not throw.</remarks>
    /// <exception cref="PackageException">Not even the factory package can be served.</exception>
    public ModelPackage Recover()
    {
        _serving = new UpdateRecovery(_journal, _slots, _options, _logger).Run();
        _board.Show(_journal.Record, _serving);
        return _serving;
    }

    /// <summary>Applies one deployment to its end, Committed or Failed; <see cref="Report"/> says which.</summary>
    /// <remarks>The same deployment again goes on where it was, or is a no-op when it is at its end. Another one replaces an unfinished one.</remarks>
    /// <exception cref="OperationCanceledException">Shutdown, or a newer deployment: the state can be resumed.</exception>
    /// <exception cref="InvalidOperationException">Before <see cref="Recover"/>, or while another is applied.</exception>
    public async Task ApplyAsync(ModelDeployment deployment, IModelTrial trial, CancellationToken cancellationToken)
    {
        if (_serving is null || Interlocked.Exchange(ref _applying, 1) != 0)
        {
            throw new InvalidOperationException("ApplyAsync needs Recover first, and one deployment at a time.");
        }

        try
        {
            await GuardedAsync(deployment, trial, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _applying, 0);
        }
    }

    private async Task GuardedAsync(ModelDeployment deployment, IModelTrial trial, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(deployment, trial, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.StateNotWritten(_logger, exception.Message);
            _board.ShowFailure(DeploymentRun.StorageFailure(exception));
        }
    }

    private async Task RunAsync(ModelDeployment deployment, IModelTrial trial, CancellationToken cancellationToken)
    {
        if (!Accept(deployment))
        {
            return;
        }

        var run = new DeploymentRun(_journal, _slots, trial, _options, _time, _logger, _faultPoint);
        await run.RunAsync(Moved, _board.ShowProgress, cancellationToken).ConfigureAwait(false);

        void Moved()
        {
            _serving = run.Committed ?? _serving;
            _board.Show(_journal.Record, _serving!);
        }
    }

    /// <summary>False = it is at its end already.</summary>
    private bool Accept(ModelDeployment deployment)
    {
        _journal.Settle();
        var known = _journal.Record.Deployment;
        if (known?.DeploymentId == deployment.DeploymentId && (Pending is null || known == deployment))
        {
            return Pending is not null;
        }

        _slots.Prepare();
        _journal.Offer(deployment);
        _slots.Sweep(_journal.Record);
        _board.Show(_journal.Record, _serving!);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(6040, LogLevel.Error, "The state of the update cannot be written: {Problem}")]
        public static partial void StateNotWritten(ILogger logger, string problem);
    }
}
