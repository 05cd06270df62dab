namespace EdgeVision.Testing;

/// <summary>What a program that has ended left behind.</summary>
public sealed record ProgramOutput(int ExitCode, string Output, string Error);
