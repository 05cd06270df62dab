using System.Collections;
using System.Collections.Concurrent;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>What a device may listen to: its own few filters and nothing else (this is no general broker). Remembers them for devices that come back to their session.</summary>
/// <remarks>
/// The filters of a connection are the text keys of its session's items. The MQTT server keeps no session after a connection, because it would send again by itself what
/// <see cref="Messages.MessageDesk"/> answers for; so what must survive the connection, the filters, is kept here. Any thread.
/// </remarks>
internal sealed class Subscriptions
{
    private const int MaxFilters = 5;

    /// <summary>Marks a session that came back.</summary>
    private static readonly object Restored = new();

    /// <summary>Marks a session that its device wants to come back to (CleanSession = 0).</summary>
    private static readonly object Lasting = new();
    private readonly ConcurrentDictionary<string, string[]> _kept = new(StringComparer.Ordinal);

    public static bool IsRestored(IDictionary items) => items.Contains(Restored);

    /// <summary>Before the CONNACK: gives a device its filters back, or forgets them when it wants a clean session.</summary>
    public void Restore(string deviceId, bool isClean, IDictionary items)
    {
        if (isClean)
        {
            _kept.TryRemove(deviceId, out _);
            return;
        }

        items[Lasting] = true;
        if (_kept.TryGetValue(deviceId, out var filters))
        {
            items[Restored] = true;
            Array.ForEach(filters, filter => items[filter] = true);
        }
    }

    /// <summary>After the connection.</summary>
    public void Keep(string deviceId, IDictionary items)
    {
        if (items.Contains(Lasting))
        {
            _kept[deviceId] = [.. items.Keys.OfType<string>()];
        }
    }

    /// <summary>For a device that was removed or disabled.</summary>
    public void Forget(string deviceId, IDictionary? items)
    {
        items?.Remove(Lasting);
        _kept.TryRemove(deviceId, out _);
    }

    /// <summary>Grants (QoS 2 as 1) or refuses (0x80).</summary>
    public static Task Subscribe(InterceptingSubscriptionEventArgs subscription)
    {
        var filter = subscription.TopicFilter;
        var isNew = !subscription.SessionItems.Contains(filter.Topic);
        if (!IsAllowed(subscription.ClientId, filter.Topic) || (isNew && subscription.SessionItems.Keys.OfType<string>().Count() >= MaxFilters))
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

    private static bool IsAllowed(string clientId, string filter) =>
        filter is HubTopic.TwinResponseFilter or HubTopic.TwinDesiredFilter or HubTopic.MethodFilter
            || (clientId.Split(Device.ModuleMark) is [var device, var module] ? IsOfModule($"devices/{device}/modules/{module}/", filter) : filter == HubTopic.DeviceBoundFilter(clientId));

    /// <summary>Everything for the module, or its inputs, or one of them.</summary>
    private static bool IsOfModule(string prefix, string filter) => filter.StartsWith(prefix, StringComparison.Ordinal)
        && (filter[prefix.Length..].Split('/') is ["#"] or ["inputs", "#"] || (filter[prefix.Length..].Split('/') is ["inputs", var input, "#"] && !input.Contains('+', StringComparison.Ordinal)));
}
