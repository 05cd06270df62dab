using System.CommandLine;
using System.Text.Json;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond exam</c>: the examining process. Reads an <see cref="ExamRequest"/> from its input, says one <see cref="ExamReport"/>; for the daemon, not for people.</summary>
internal static class ExamCommand
{
    public static Command Create()
    {
        var command = new Command("exam", "examine a model in a process of its own; the daemon calls it") { Hidden = true };
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        var request = JsonSerializer.Deserialize(Console.In.ReadToEnd(), ExamJson.Default.ExamRequest) ?? throw new InvalidDataException("exam: a request is read from the input, and there was none");
        var confined = Confinement.Enter(request);
        var report = new Exam(request, TimeProvider.System).Run() with { Confined = confined, Variant = request.Variant };
        Console.WriteLine(JsonSerializer.Serialize(report, ExamJson.Default.ExamReport));
        return 0;
    }
}
