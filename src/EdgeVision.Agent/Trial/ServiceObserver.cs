using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>What the trial sees of the vision loop: the vital signs of the model in service and of the one before it, and frames for a shadow, when there is one.</summary>
/// <remarks>The loop tells it each frame, after the answer (0 bytes allocated unless the model changed or a shadow copies). Others read and set, any thread.</remarks>
internal sealed class ServiceObserver(TimeSpan longestPause, TimeProvider time)
{
    private volatile VitalSigns _vitals = new(longestPause, time);
    private volatile VitalSigns? _before;
    private volatile ShadowRun? _shadow;
    private volatile bool _isStrict;
    private VisionModel? _model;

    /// <summary>Of the model in service.</summary>
    public VitalSigns Vitals => _vitals;

    /// <summary>Of the model that was in service before; null = there was none.</summary>
    public VitalSigns? Before => _before;

    /// <summary>Who is offered frames; null = nobody.</summary>
    public ShadowRun? Shadow
    {
        get => _shadow;
        set => _shadow = value;
    }

    /// <summary>Whether every answer is checked for numbers: while the model in service is on probation.</summary>
    public bool IsStrict
    {
        set => _isStrict = value;
    }

    public void Observe(Frame frame, VisionModel model, VisionResult result)
    {
        VitalsOf(model).Observe(result, !_isStrict || ResultCheck.IsSound(model, result));
        _shadow?.Offer(frame, model, result);
    }

    /// <summary>A frame that broke the model.</summary>
    public void Failed(VisionModel model) => VitalsOf(model).CountFailed();

    private VitalSigns VitalsOf(VisionModel model)
    {
        if (!ReferenceEquals(model, _model))
        {
            if (_model is not null)
            {
                _before = _vitals;
                _vitals = new VitalSigns(longestPause, time);
            }

            _model = model;
        }

        return _vitals;
    }
}
