namespace EdgeVision.Inference;

/// <summary>A model that cannot be loaded or run; the message names the model, what is wrong and the way out.</summary>
public sealed class InferenceException(string message, Exception? inner = null) : Exception(message, inner);
