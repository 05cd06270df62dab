namespace EdgeVision.Trainer;

/// <summary>Data or a wish that nothing can be trained from. The message names the file, class or option, the rule, and the way out.</summary>
public sealed class TrainerException(string message, Exception? inner = null) : Exception(message, inner);
