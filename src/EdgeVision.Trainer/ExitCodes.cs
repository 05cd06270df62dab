namespace EdgeVision.Trainer;

/// <summary>What the program says when it ends.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int BadInput = 2;

    /// <summary>A gate refused: the model must not leave.</summary>
    public const int Refused = 3;

    /// <summary>Stopped; it can be resumed.</summary>
    public const int Interrupted = 4;
}
