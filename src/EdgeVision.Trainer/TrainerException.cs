namespace EdgeVision.Trainer;

/// <summary>Data, a network, a run or a wish that nothing can be trained from. The message names the file, layer or option, the rule, and the way out.</summary>
public sealed class TrainerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the loss was no number any more: then the same training in another way may do.</summary>
    public bool IsDivergence { get; init; }
}
