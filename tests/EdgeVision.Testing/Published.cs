using Xunit;

namespace EdgeVision.Testing;

/// <summary>The programs as <c>make build</c> leaves them: what users run is what end-to-end tests run.</summary>
public static class Published
{
    public static string Daemon => PathOf("edgevisiond");

    /// <summary>The daemon with places at which it can be made to end; see FaultPoints in room Update.</summary>
    public static string DaemonWithFaultPoints => PathOf("edgevisiond-faults", "edgevisiond");

    public static string Cloud => PathOf("edgevision-cloud");

    public static string Workbench => PathOf("edgevision");

    /// <summary>An assembled model package, or the running test is skipped (its network comes from the data folder).</summary>
    public static string Model(string name)
    {
        var path = Path.Combine(TestData.RepositoryRoot, "artifacts", "models", name);
        Assert.SkipUnless(Directory.Exists(path), $"needs {path}: run make models with EDGEVISION_DATA set");
        return path;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It did not end in time; it was killed.</exception>
    public static ProgramOutput Run(string program, TimeSpan deadline, params string[] arguments)
    {
        using var running = RunningProgram.Start(program, arguments);
        return running.WaitForExit(deadline);
    }

    private static string PathOf(string folder, string? program = null)
    {
        var path = Path.Combine(TestData.RepositoryRoot, "artifacts", "publish", folder, program ?? folder);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there: run make test, or make build and eng/build.sh faults, first.");
    }
}
