using System.CommandLine;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond audit verify</c>: whether the log of who changed the model when is the one that was written.</summary>
internal static class AuditCommand
{
    private const int HexDigits = 64;
    private static readonly Option<string> Config = new("--config") { Description = "the configuration", DefaultValueFactory = _ => RunCommand.DefaultConfig };
    private static readonly Option<string?> Head = new("--head") { Description = "auditHead as the twin reports it: without it a cut-off end cannot be seen" };

    public static Command Create()
    {
        Head.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string?>() ?? "";
            var hex = text.StartsWith("sha256:", StringComparison.Ordinal) ? text["sha256:".Length..] : text;
            if (hex.Length != HexDigits || !hex.All(char.IsAsciiHexDigitLower))
            {
                result.AddError("--head wants sha256: and 64 lower-case hex digits, as the twin shows auditHead");
            }
        });
        var verify = new Command("verify", "go along the chain and say whether something was taken out, edited or cut off") { Config, Head };
        verify.SetAction(Verify);
        return new Command("audit", "who changed the model when") { verify };
    }

    private static int Verify(ParseResult arguments)
    {
        var directory = UpdateSettings.AuditDirectoryOf(ConfigurationReader.Read(arguments.GetRequiredValue(Config)));
        var head = arguments.GetValue(Head);
        var verdict = AuditLog.Verify(directory, head);
        if (!verdict.IsWhole)
        {
            Console.Error.WriteLine($"edgevisiond: {verdict.Problem}");
            return 1;
        }

        Console.WriteLine(verdict.Entries == 0
            ? $"{directory}: no entries"
            : $"{directory}: {verdict.Entries} entries from {verdict.First} on, whole{(verdict.Torn > 0 ? $" but for {verdict.Torn} bytes of a line that a power cut tore" : "")}; head {verdict.Head}");
        if (head is null)
        {
            Console.WriteLine("the end was not compared: give --head with auditHead of the twin");
        }

        return 0;
    }
}
