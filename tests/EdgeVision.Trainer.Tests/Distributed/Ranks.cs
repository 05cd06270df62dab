namespace EdgeVision.Trainer.Tests.Distributed;

/// <summary>The program as ranks of Debian's OpenMPI, on this machine.</summary>
internal static class Ranks
{
    private const string Launcher = "/usr/bin/mpirun";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "edgevision-trainer");

    /// <summary>Starts one rank for each list of arguments; quietly, so that what is said is the program's own.</summary>
    /// <param name="options">Of mpirun, for each rank.</param>
    public static RunningProgram Start(string[] options, params string[][] ranks)
    {
        Assert.SkipUnless(File.Exists(Launcher), "needs openmpi-bin: run make setup-test");
        string[] all = ["-q", "--allow-run-as-root", "--bind-to", "none", "--oversubscribe"];
        return RunningProgram.Start(Launcher, [.. all, .. ranks.SelectMany((arguments, rank) => (string[])[.. rank > 0 ? [":"] : Array.Empty<string>(), .. options, "-np", "1", Program, .. arguments])]);
    }

    /// <summary>Of the one rank's process on this machine.</summary>
    public static int ProcessOf(RunningProgram launcher, int rank) => Processes(launcher).Single(id => File.ReadAllText($"/proc/{id}/environ").Split('\0').Contains($"OMPI_COMM_WORLD_RANK={rank}"));

    /// <summary>Or waits only for somebody to note its end.</summary>
    public static bool IsGone(int process) => !File.Exists($"/proc/{process}/stat") || File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    public static int[] Processes(RunningProgram launcher) => [.. File.ReadAllText($"/proc/{launcher.Id}/task/{launcher.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
}
