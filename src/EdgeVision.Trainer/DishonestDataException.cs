namespace EdgeVision.Trainer;

/// <summary>Data whose figures would mean nothing: a leak, one class, an empty split. Exit code 2; the message says how to go on.</summary>
public sealed class DishonestDataException(string message) : Exception(message);
