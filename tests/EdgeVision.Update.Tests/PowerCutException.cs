namespace EdgeVision.Update.Tests;

/// <summary>The process ends here: nothing in the room may catch it.</summary>
public sealed class PowerCutException(string point) : Exception(point);
