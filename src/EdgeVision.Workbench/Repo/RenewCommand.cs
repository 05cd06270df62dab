using System.CommandLine;

namespace EdgeVision.Workbench;

/// <summary><c>repo renew</c>: what a timer runs every few hours with the online keys, and what people run once a year for the roles that they sign.</summary>
internal static class RenewCommand
{
    private static readonly Argument<string[]> Roles = new("ROLE") { Description = "root, targets or a model: gets a new draft with a later expiry", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create() => RepoOptions.Signing("renew", "publish what is signed, and renew snapshot and timestamp when they are due", Run, Roles);

    private static void Run(ParseResult arguments) => RepoEdit.Run(arguments, repository =>
    {
        foreach (var role in arguments.GetValue(Roles) ?? [])
        {
            repository.Renew(role);
        }

        return ("", []);
    });
}
