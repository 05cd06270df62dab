using System.Text.Json.Nodes;
using EdgeVision.Cloud.Messages;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>feedback</c>, <c>files</c> and <c>events</c>: what the hub has to say about messages, files and connections.</summary>
internal static class NoticeCommands
{
    private const int MaxAtOnce = 1000;

    public static Task<int> FeedbackAsync(Arguments arguments) => ListAsync(arguments, NoticeStore.Feedback);

    public static Task<int> FilesAsync(Arguments arguments) => ListAsync(arguments, NoticeStore.Files);

    public static Task<int> EventsAsync(Arguments arguments)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data));
        var diary = new ConnectionDiary(database, TimeProvider.System, NullLogger<ConnectionDiary>.Instance);
        var items = diary.Read(arguments.Option("--device"), arguments.Number("--after", 0, 0, long.MaxValue), MaxAtOnce);
        return Task.FromResult(Output.Json(new JsonArray([.. items.Select(item => item.ToJson())])));
    }

    private static Task<int> ListAsync(Arguments arguments, string kind)
    {
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data));
        var store = new NoticeStore(database);
        var waiting = store.Read(kind, MaxAtOnce);
        Output.Json(new JsonArray([.. waiting.Select(notice => notice.Body)]));
        if (arguments.Has("--forget") && waiting.Count > 0)
        {
            store.Remove(kind, waiting[^1].Sequence);
        }

        return Task.FromResult(0);
    }
}
