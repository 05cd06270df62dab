namespace EdgeVision.Trainer;

/// <summary>What the program says when it ends.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int BadInput = 2;
}
