using System.Runtime.ExceptionServices;
using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>A place for one frame on its way through a <see cref="VisionCrew"/>: put in by the caller, looked at by whoever is free, taken out by the caller.</summary>
internal sealed class CrewSlot : IDisposable
{
    private readonly SemaphoreSlim _seen = new(0);
    private Frame? _frame;
    private Exception? _failure;

    public VisionResult Result { get; } = new();

    public bool IsBusy => _frame is not null;

    public void Put(Frame frame) => _frame = frame;

    /// <summary>A worker's part.</summary>
    public void Look(VisionModel model)
    {
        try
        {
            model.Infer(_frame!, Result);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _failure = exception;
        }

        _seen.Release();
    }

    /// <summary>Waits for the worker. The frame is the caller's again; the result stays until the next Put.</summary>
    public Frame Take()
    {
        _seen.Wait();
        var frame = _frame!;
        _frame = null;
        if (_failure is not null)
        {
            frame.Dispose();
            ExceptionDispatchInfo.Throw(_failure);
        }

        return frame;
    }

    public void Dispose()
    {
        _frame?.Dispose();
        _seen.Dispose();
    }
}
