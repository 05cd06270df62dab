using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Commands;

/// <summary>Standard output, for commands.</summary>
internal static partial class Output
{
    private const short PollError = 8;

    public static int Json(JsonNode json)
    {
        Console.Out.WriteLine(json.ToJsonString(JsonText.Readable));
        return 0;
    }

    public static int Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.Out.WriteLine(line);
        }

        return 0;
    }

    /// <summary>Whether nobody reads any more. Asked of the system, because .NET swallows the error of a write to a closed pipe.</summary>
    public static bool IsClosed()
    {
        var output = new PollTarget { Descriptor = 1 };
        return Poll(ref output, 1, 0) > 0 && (output.Happened & PollError) != 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollTarget
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollTarget targets, nuint count, int milliseconds);
}
