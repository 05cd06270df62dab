using System.Collections;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>What a device may listen to: its own few filters and nothing else (this is no general broker). Remembers them for devices that come back to their session.</summary>
/// <remarks>
/// The filters of a connection are the text keys of its session's items. The MQTT server keeps no session after a connection, because it would send again by itself what
/// <see cref="Messages.MessageDesk"/> answers for; so what must outlive the connection, the filters, is kept here. On disk, because a device that keeps its session does not subscribe
/// again, not even when the hub was started anew in between. Any thread.
/// </remarks>
internal sealed class Subscriptions(HubDatabase database)
{
    private const int MaxFilters = 5;
    private const char Separator = '\n'; // in no filter, because it is in no valid name

    /// <summary>Marks a session that came back.</summary>
    private static readonly object Restored = new();

    /// <summary>Marks a session that its device wants to come back to (CleanSession = 0).</summary>
    private static readonly object Lasting = new();

    public static bool IsRestored(IDictionary items) => items.Contains(Restored);

    /// <summary>Before the CONNACK: gives a device its filters back, or forgets them when it wants a clean session.</summary>
    public void Restore(string deviceId, bool isClean, IDictionary items)
    {
        var kept = Find(deviceId);
        if (isClean)
        {
            Save(deviceId, kept, []);
            return;
        }

        items[Lasting] = true;
        if (kept.Length > 0)
        {
            items[Restored] = true;
            Array.ForEach(kept, filter => items[filter] = true);
        }
    }

    /// <summary>For a device that was removed or disabled.</summary>
    public void Forget(string deviceId, IDictionary? items)
    {
        items?.Remove(Lasting);
        Save(deviceId, Find(deviceId), []);
    }

    /// <summary>Grants (QoS 2 as 1) or refuses (0x80).</summary>
    public Task Subscribe(InterceptingSubscriptionEventArgs subscription)
    {
        var filter = subscription.TopicFilter;
        var isNew = !subscription.SessionItems.Contains(filter.Topic);
        if (!IsAllowed(subscription.ClientId, filter.Topic) || (isNew && Filters(subscription.SessionItems).Length >= MaxFilters))
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
        Keep(subscription.ClientId, subscription.SessionItems);
        return Task.CompletedTask;
    }

    public Task Unsubscribe(InterceptingUnsubscriptionEventArgs subscription)
    {
        subscription.SessionItems.Remove(subscription.Topic);
        Keep(subscription.ClientId, subscription.SessionItems);
        return Task.CompletedTask;
    }

    private void Keep(string deviceId, IDictionary items)
    {
        if (items.Contains(Lasting))
        {
            Save(deviceId, Find(deviceId), Filters(items));
        }
    }

    private static string[] Filters(IDictionary items) => [.. items.Keys.OfType<string>().Order(StringComparer.Ordinal)];

    private string[] Find(string deviceId) => database.Read(connection =>
        connection.Query("SELECT filters FROM subscription WHERE device_id = @id", row => row.GetString(0), ("@id", deviceId))) is [var filters] ? filters.Split(Separator) : [];

    /// <summary>Writes only what is new: a device mostly subscribes to what it always did.</summary>
    private void Save(string deviceId, string[] before, string[] filters)
    {
        if (!before.AsSpan().SequenceEqual(filters))
        {
            database.Write(connection => filters.Length == 0
                ? connection.Execute("DELETE FROM subscription WHERE device_id = @id", ("@id", deviceId))
                : connection.Execute(
                    "INSERT INTO subscription (device_id, filters) VALUES (@id, @filters) ON CONFLICT (device_id) DO UPDATE SET filters = excluded.filters",
                    ("@id", deviceId), ("@filters", string.Join(Separator, filters))));
        }
    }

    private static bool IsAllowed(string clientId, string filter) =>
        filter is HubTopic.TwinResponseFilter or HubTopic.TwinDesiredFilter or HubTopic.MethodFilter
            || (clientId.Split(Device.ModuleMark) is [var device, var module] ? IsOfModule($"devices/{device}/modules/{module}/", filter) : filter == HubTopic.DeviceBoundFilter(clientId));

    /// <summary>Everything for the module, or its inputs, or one of them.</summary>
    private static bool IsOfModule(string prefix, string filter) => filter.StartsWith(prefix, StringComparison.Ordinal)
        && (filter[prefix.Length..].Split('/') is ["#"] or ["inputs", "#"] || (filter[prefix.Length..].Split('/') is ["inputs", var input, "#"] && !input.Contains('+', StringComparison.Ordinal)));
}
