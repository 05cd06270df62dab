using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub.Tests;

/// <summary>What a provisioning service says over MQTT, step by step as a test lays it out.</summary>
internal sealed class StandInProvisioning
{
    private readonly Queue<(int Status, string Body, int RetryAfter)> _answers;

    public StandInProvisioning(StandInHub service, params (int Status, string Body, int RetryAfter)[] answers)
    {
        _answers = new Queue<(int, string, int)>(answers);
        service.OnPublish = AnswerAsync;
    }

    /// <summary>Topics and bodies, as they came.</summary>
    public List<(HubTopic Topic, string Body, long At)> Asked { get; } = [];

    public static string Assigning { get; } = """{"operationId":"4.op/1","status":"assigning"}""";

    public static string Assigned(string hub, string device) =>
        new JsonObject { ["operationId"] = "4.op/1", ["status"] = "assigned", ["registrationState"] = new JsonObject { ["assignedHub"] = hub, ["deviceId"] = device, ["status"] = "assigned" } }.ToJsonString();

    private async Task AnswerAsync(StandInConnection device, string topic, byte[] payload)
    {
        var asked = HubTopic.Parse(topic);
        (int Status, string Body, int RetryAfter) answer;
        lock (Asked)
        {
            Asked.Add((asked, Encoding.UTF8.GetString(payload), TimeProvider.System.GetTimestamp()));
            answer = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
        }

        await device.PublishAsync(HubTopic.ProvisioningResponse(answer.Status, asked.RequestId, answer.RetryAfter), Encoding.UTF8.GetBytes(answer.Body));
    }
}
