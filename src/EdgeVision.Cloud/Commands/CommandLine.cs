using System.Data.Common;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Cloud.Commands;

/// <summary>Finds the command, runs it, and turns what it throws into one line and an exit code: 0 done, 1 not done, 2 not understood.</summary>
internal static class CommandLine
{
    private const int Done = 0, NotDone = 1, NotUnderstood = 2;

    private static readonly Command[] Table =
    [
        new("serve", "", ServeCommand.Options, "run the hub; loopback, 8883 and 8443 unless told otherwise, port 0 takes a free one", ServeCommand.RunAsync),
        new("device add", "ID", "--x509-thumbprint PRINT[,PRINT] --x509-ca --json", "enrol a device (or a module: DEVICE/MODULE) with fresh keys, or with certificates, and print its connection string", DeviceCommands.AddAsync),
        new("device rotate", "ID", "--key primary|secondary --json", "give a device fresh keys, or a fresh one, and end its connection", DeviceCommands.RotateAsync),
        new("device list", "", "--json", "list the devices", DeviceCommands.ListAsync),
        new("device remove", "ID", "--json", "forget a device and its twin", DeviceCommands.RemoveAsync),
        new("device disable", "ID", "--json", "refuse a device and end its connection", DeviceCommands.DisableAsync),
        new("device enable", "ID", "--json", "let a disabled device in again", DeviceCommands.EnableAsync),
        new("ca add", "FILE", "", "let devices in whose certificates this authority signs", AuthorityCommands.AddAsync),
        new("ca list", "", "", "list the authorities", AuthorityCommands.ListAsync),
        new("ca remove", "THUMBPRINT", "", "forget an authority", AuthorityCommands.RemoveAsync),
        new("enrollment add", "ID", "--group --device NAME --x509-thumbprint PRINT[,PRINT]", "let a device, or a group, provision itself; a group with a thumbprint goes by the certificates of that authority", EnrollmentCommands.AddAsync),
        new("enrollment list", "", "", "list the enrollments", EnrollmentCommands.ListAsync),
        new("enrollment remove", "ID", "", "forget an enrollment; devices that came by it stay", EnrollmentCommands.RemoveAsync),
        new("enrollment key", "GROUP ID", "", "print the key of one device of a group", EnrollmentCommands.KeyAsync),
        new("send", "ID MESSAGE", "--message-id ID --ack none|positive|negative|full --expires-in SECONDS --property NAME=VALUE", "queue a message for a device", SendCommand.RunAsync),
        new("feedback", "", "--forget", "print what became of messages", NoticeCommands.FeedbackAsync),
        new("files", "", "--forget", "print which files devices sent", NoticeCommands.FilesAsync),
        new("events", "", "--device ID --after SEQUENCE", "print what happened to connections, and why", NoticeCommands.EventsAsync),
        new("telemetry", "", "--device ID --after SEQUENCE --follow --json", "print received messages, one line of JSON each; kept for 7 days, at most 1000000", TelemetryCommand.RunAsync),
        new("twin get", "ID", "--json", "print a twin", TwinCommands.GetAsync),
        new("twin patch", "ID JSON", "--json", "merge JSON into the desired properties; null removes", TwinCommands.PatchAsync),
        new("invoke", "ID METHOD [JSON]", "--timeout SECONDS --json", "call a method on a device and print its answer", InvokeCommand.RunAsync),
        new("model publish", "PACKAGE_DIR", "--json", "check a model package and take it into the repository", ModelCommands.PublishAsync),
        new("model list", "", "--json", "list the models of the repository, whether they are published, and which are revoked", ModelCommands.ListAsync),
        new("simulate", "", "--devices N --interval SECONDS --seconds SECONDS --connects-per-second N", "a fleet of devices on this machine against this hub; a line of JSON every second", SimulateCommand.RunAsync),
        new("forward add", "NAME", "--webhook URL --kafka HOST:PORT --topic TOPIC --file FILE --after SEQUENCE --skip-refused", "send telemetry on; FILE holds the CA of a webhook or more settings of the Kafka client", ForwardCommands.AddAsync),
        new("forward list", "", "--json", "list the destinations of telemetry: state, lag, last error", ForwardCommands.ListAsync),
        new("forward remove", "NAME", "", "send nothing there any more", ForwardCommands.RemoveAsync),
        new("forward resume", "NAME", "", "go on with a destination that was paused by an error", ForwardCommands.ResumeAsync),
        new("key add", "NAME", "--role ROLE --certificate", "let somebody use the service side as read, write or admin: a key, shown once, or a client certificate of that common name", KeyCommands.AddAsync),
        new("key list", "", "--json", "list who may use the service side", KeyCommands.ListAsync),
        new("key remove", "NAME", "", "let somebody in no more", KeyCommands.RemoveAsync),
        new("audit", "", "--after SEQUENCE --target NAME", "print who changed what, one line of JSON each", KeyCommands.AuditAsync),
        new("status", "", "--json", "print how the running hub is", StatusCommand.RunAsync),
        new("rollout", "ID MODEL VERSION", "--json", "order a device to run a published model", RolloutCommand.RunAsync),
    ];

    public static async Task<int> RunAsync(string[] words)
    {
        if (words is ["--help" or "-h" or "help", ..])
        {
            Console.Out.WriteLine(Usage(Table));
            return Done;
        }

        try
        {
            var command = Find(words) ?? throw new UsageException(words.Length == 0 ? "Say what to do." : $"'{string.Join(' ', words.Take(2))}' is no command.");
            return await RunAsync(command, words[command.Words.Split(' ').Length..]);
        }
        catch (UsageException exception)
        {
            Console.Error.WriteLine($"edgevision-cloud: {exception.Message}\n{Usage(Table)}");
            return NotUnderstood;
        }
        catch (Exception exception) when (exception is CloudException or PackageException or RepositoryException or TufException or DbException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"edgevision-cloud: {exception.Message.ReplaceLineEndings(" ")}");
            return NotDone;
        }
    }

    private static async Task<int> RunAsync(Command command, string[] words)
    {
        try
        {
            return await command.RunAsync(Arguments.Parse(command, words));
        }
        catch (UsageException exception)
        {
            Console.Error.WriteLine($"edgevision-cloud: {exception.Message}\n{Usage([command])}");
            return NotUnderstood;
        }
    }

    private static Command? Find(string[] words) => Array.Find(Table, command => words.Take(command.Words.Split(' ').Length).SequenceEqual(command.Words.Split(' ')));

    private static string Usage(IEnumerable<Command> commands) =>
        "usage:\n" + string.Join('\n', commands.Select(command => $"  edgevision-cloud {command.Usage}\n      {command.Summary}"));
}
