using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace EdgeVision.Hub;

/// <summary>Commands and their answers: <c>{"status":200,"payload":...}</c> on the topic that MQTT 5's request names, or on the command's own with <c>/response</c> behind it.</summary>
/// <remarks>A retained command is ignored, because it would be carried out anew at each connect. Not more than eight run at once; what comes then is answered with 429.</remarks>
internal sealed partial class CommandDesk(BrokerSession session, BrokerTopics topics, MethodTable methods, OncePerCause refused, ILogger logger)
{
    public const int MostAtOnce = 8;
    private int _running;

    /// <summary>Returns at once.</summary>
    public void Take(BrokerInbound command, string method, byte[] payload, CancellationToken broken)
    {
        if (command.Retained)
        {
            Log.Refused(logger, refused.LevelOf("retained"), command.Topic, "it is retained and would be carried out at each connect; send it without the retain flag");
        }
        else if (command.AnswerTopic.Length > 0 && !topics.MayAnswerOn(command.AnswerTopic))
        {
            Log.Refused(logger, refused.LevelOf("answer topic"), command.Topic, "its response topic is one that no answer may go to");
        }
        else
        {
            _ = CarryOutAsync(command, method, payload, broken);
        }
    }

    private async Task CarryOutAsync(BrokerInbound command, string method, byte[] payload, CancellationToken broken)
    {
        try
        {
            var result = Interlocked.Increment(ref _running) > MostAtOnce
                ? MethodResult.Error(429, $"{MostAtOnce} commands are being carried out: try again")
                : await methods.CallAsync(method, payload, broken).ConfigureAwait(false);
            Log.Answered(logger, method, result.Status);
            if (await session.PublishAsync(Answer(command, result), broken).ConfigureAwait(false) is { } problem)
            {
                Log.AnswerLost(logger, method, problem);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // whoever asked sees a time-out; the connection's own parts judge whether it is still good
            Log.AnswerLost(logger, method, exception.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private MqttApplicationMessage Answer(BrokerInbound command, MethodResult result)
    {
        var body = new JsonObject { ["status"] = result.Status, ["payload"] = result.Payload };
        var answer = BrokerSession.Message(command.AnswerTopic.Length > 0 ? command.AnswerTopic : command.Topic + "/response", Encoding.UTF8.GetBytes(body.ToJsonString()));
        if (session.HasProperties)
        {
            (answer.ContentType, answer.CorrelationData) = (BrokerSession.Json, command.Correlation);
        }

        return answer;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3110, Message = "broker: a command on {Topic} was ignored: {Reason}")]
        public static partial void Refused(ILogger logger, LogLevel level, string topic, string reason);

        [LoggerMessage(3111, LogLevel.Information, "broker: command {Method} answered with {Status}")]
        public static partial void Answered(ILogger logger, string method, int status);

        [LoggerMessage(3112, LogLevel.Warning, "broker: the answer to command {Method} could not be sent: {Reason}")]
        public static partial void AnswerLost(ILogger logger, string method, string reason);
    }
}
