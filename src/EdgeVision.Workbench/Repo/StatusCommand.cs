using System.CommandLine;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Workbench;

/// <summary><c>repo status</c>: exits 1 when something has expired or lacks signatures, so that a timer can watch it.</summary>
internal static class StatusCommand
{
    private const int Healthy = 0, Unhealthy = 1;

    public static Command Create()
    {
        var command = new Command("status", "show roles, keys, signatures, expiry and releases; exits 1 when something has expired or lacks signatures") { RepoOptions.Directory, RepoOptions.Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var status = RepositoryStatus.Read(arguments.GetRequiredValue(RepoOptions.Directory), TimeProvider.System);
        if (arguments.GetValue(RepoOptions.Json))
        {
            RepoJson.Print(RepoJson.Of(status));
        }
        else
        {
            foreach (var line in RepoText.Of(status))
            {
                Console.WriteLine(line);
            }
        }

        return status.IsHealthy ? Healthy : Unhealthy;
    }
}
