namespace EdgeVision.Hub;

/// <summary>Every topic that a device at a plain broker uses: templates as configured, and what they come to for this device.</summary>
/// <remarks>Example: device cam-1 publishes an interval on <c>edgevision/cam-1/telemetry/interval</c> and is called on <c>edgevision/cam-1/command/ping</c>. Immutable, any thread.</remarks>
public sealed record BrokerTopics
{
    private const string DevicePlace = "device", TypePlace = "type", MethodPlace = "method", MethodLevel = "/{method}";

    /// <summary>1 to 128 of A-Z a-z 0-9 . _ : -</summary>
    public required string Device { get; init; }

    /// <summary>{device}, {type}: <c>interval</c> or <c>event</c>.</summary>
    public string Telemetry { get; init; } = "edgevision/{device}/telemetry/{type}";

    /// <summary>{device}. Retained: <c>online</c> or <c>offline</c>.</summary>
    public string Status { get; init; } = "edgevision/{device}/status";

    /// <summary>{device}. Retained: the whole reported document.</summary>
    public string State { get; init; } = "edgevision/{device}/state";

    /// <summary>{device}. Listened to, retained: the whole desired document.</summary>
    public string Desired { get; init; } = "edgevision/{device}/desired";

    /// <summary>{device}; its last level is {method}. Listened to.</summary>
    public string Command { get; init; } = "edgevision/{device}/command/{method}";

    internal string StatusTopic => OfDevice(Status);

    internal string StateTopic => OfDevice(State);

    internal string DesiredTopic => OfDevice(Desired);

    internal string CommandFilter => CommandPrefix + "+";

    private string CommandPrefix => OfDevice(Command)[..^MethodLevel.Length] + "/";

    /// <summary>What is wrong with a telemetry template; null when nothing is.</summary>
    public static string? TelemetryProblem(string template) => TopicTemplate.Problem(template, DevicePlace, TypePlace);

    /// <summary>What is wrong with the template of status, state or desired; null when nothing is.</summary>
    public static string? PlainProblem(string template) => TopicTemplate.Problem(template, DevicePlace);

    /// <summary>What is wrong with a command template; null when nothing is.</summary>
    public static string? CommandProblem(string template) => TopicTemplate.Problem(template, DevicePlace, MethodPlace)
        ?? (template.EndsWith(MethodLevel, StringComparison.Ordinal) && template.IndexOf(MethodLevel, StringComparison.Ordinal) == template.Length - MethodLevel.Length && template.Split(MethodPlace).Length == 2
            ? null
            : $"'{template}' must end in {MethodLevel}, and have it nowhere else");

    /// <summary>Templates that are wrong, or else topics that come too near to each other: the device would listen to itself, or nobody could tell two things apart.</summary>
    public IReadOnlyList<string> Problems()
    {
        (string Name, string? Problem)[] templates =
        [
            ("telemetry_topic", TelemetryProblem(Telemetry)), ("status_topic", PlainProblem(Status)), ("state_topic", PlainProblem(State)), ("desired_topic", PlainProblem(Desired)),
            ("command_topic", CommandProblem(Command)), ("device.id", DeviceIds.IsValid(Device) ? null : $"'{Device}' cannot stand in a topic: use 1 to 128 of A-Z a-z 0-9 . _ : -"),
        ];
        var wrong = templates.Where(template => template.Problem is not null).Select(template => $"{template.Name} {template.Problem}").ToArray();
        return wrong.Length > 0 ? wrong : [.. Conflicts()];
    }

    private IEnumerable<string> Conflicts()
    {
        (string Name, string Topic)[] topics = [("telemetry_topic", TelemetryOf("event")), ("status_topic", StatusTopic), ("state_topic", StateTopic), ("desired_topic", DesiredTopic)];
        foreach (var same in topics.GroupBy(topic => topic.Topic).Where(group => group.Count() > 1))
        {
            yield return $"{string.Join(" and ", same.Select(topic => topic.Name))} are the same topic '{same.Key}': give each its own";
        }

        foreach (var (name, topic) in topics.Where(topic => topic.Topic.StartsWith(CommandPrefix, StringComparison.Ordinal)))
        {
            yield return $"{name} '{topic}' lies under command_topic, where every topic is a method: move one of them";
        }
    }

    internal string TelemetryOf(string type) => TopicTemplate.Fill(OfDevice(Telemetry), TypePlace, type);

    /// <summary>The method that a topic calls; null when it calls none.</summary>
    internal string? MethodOf(string topic) =>
        topic.StartsWith(CommandPrefix, StringComparison.Ordinal) && topic.Length > CommandPrefix.Length && !topic.AsSpan(CommandPrefix.Length).Contains('/') ? topic[CommandPrefix.Length..] : null;

    /// <summary>Whether an answer may go there: not where this device listens, not to the broker's own topics, not to many at once.</summary>
    internal bool MayAnswerOn(string topic) => topic.Length is > 0 and <= 1024 && topic[0] != '$' && !topic.AsSpan().ContainsAny('+', '#', '\0') && topic != DesiredTopic && MethodOf(topic) is null;

    private string OfDevice(string template) => TopicTemplate.Fill(template, DevicePlace, Device);
}
