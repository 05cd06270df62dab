using System.Runtime.CompilerServices;

namespace EdgeVision.Capture.Tests;

/// <summary>Makes this test program, started with one argument more, a program that only reads a source: something to kill.</summary>
internal static class OpenForEver
{
    public const string Argument = "--open-for-ever";

#pragma warning disable CA2255 // the test framework owns Main
    [ModuleInitializer]
    internal static void Begin()
#pragma warning restore CA2255
    {
        if (Environment.GetCommandLineArgs() is not [_, Argument, var input])
        {
            return;
        }

        using var source = Sources.Open(new() { Url = input });
        source.Read(CancellationToken.None);
        Environment.Exit(0);
    }
}
