using EdgeVision.Hub;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>What a device may listen to: its own four filters and nothing else. This is no general broker.</summary>
internal static class SubscriptionRules
{
    /// <summary>Grants (QoS 2 as 1) or refuses (0x80), and remembers in the session what the device wants to hear.</summary>
    public static Task Subscribe(InterceptingSubscriptionEventArgs subscription)
    {
        var filter = subscription.TopicFilter;
        if (!IsAllowed(subscription.ClientId, filter.Topic))
        {
            subscription.Response.ReasonCode = MqttSubscribeReasonCode.UnspecifiedError;
            subscription.ProcessSubscription = false;
            return Task.CompletedTask;
        }

        if (filter.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce)
        {
            filter.QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce;
            subscription.Response.ReasonCode = MqttSubscribeReasonCode.GrantedQoS1;
        }

        subscription.SessionItems[filter.Topic] = true;
        return Task.CompletedTask;
    }

    public static Task Unsubscribe(InterceptingUnsubscriptionEventArgs subscription)
    {
        subscription.SessionItems.Remove(subscription.Topic);
        return Task.CompletedTask;
    }

    private static bool IsAllowed(string deviceId, string filter) =>
        filter is HubTopic.TwinResponseFilter or HubTopic.TwinDesiredFilter or HubTopic.MethodFilter || filter == HubTopic.DeviceBoundFilter(deviceId);
}
