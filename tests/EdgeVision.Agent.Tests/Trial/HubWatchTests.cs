using EdgeVision.Hub;

namespace EdgeVision.Agent.Tests;

public sealed class HubWatchTests
{
    private static readonly HubStatus Connected = new(HubState.Connected, HubFailure.None, "", 1, Sent: 7, OutboxFigures.Empty) { Peer = ("hub.example", 8883) };
    private readonly WallClock _time = new();
    private HubStatus? _status = Connected;
    private int _probes;

    public HubWatchTests() => _time.Pass(1);

    [Theory]
    [InlineData(HubFailure.TimedOut, true, true)]
    [InlineData(HubFailure.TimedOut, false, false)]          // the network is out: no reason to go back
    [InlineData(HubFailure.Unauthorized, true, false)]       // no model takes a key away
    [InlineData(HubFailure.DuplicateIdentity, true, false)]
    public void Look_LostForLongerThanPatience_IsTheModelsOnlyWhenTheNetworkIsThere(HubFailure failure, bool networkIsThere, bool isLost)
    {
        var watch = Watch(networkIsThere);
        _status = Connected with { State = HubState.Waiting, Failure = failure };
        Assert.Null(watch.Look());
        _time.Pass(59);
        Assert.Null(watch.Look());
        _time.Pass(2);

        Assert.Equal(isLost, watch.Look() is not null);
    }

    [Fact]
    public void Look_NeverReachedBefore_SaysNothing()
    {
        _status = Connected with { State = HubState.Waiting, Failure = HubFailure.TimedOut, Sent = 0 };
        var watch = Watch(networkIsThere: true);
        watch.Look();
        _time.Pass(600);

        Assert.Null(watch.Look());
        Assert.Equal(0, _probes);
    }

    [Fact]
    public void Look_BackInTime_StartsAnew()
    {
        var watch = Watch(networkIsThere: true);
        _status = Connected with { State = HubState.Waiting, Failure = HubFailure.Closed };
        watch.Look();
        _time.Pass(50);
        _status = Connected;
        watch.Look();
        _status = Connected with { State = HubState.Waiting, Failure = HubFailure.Closed };
        watch.Look();
        _time.Pass(50);

        Assert.Null(watch.Look());
    }

    [Fact]
    public void IsAcknowledged_OneMessageTakenSince_OrNoHubAtAll()
    {
        var watch = Watch(networkIsThere: true);
        Assert.False(watch.IsAcknowledged);
        _status = Connected with { Sent = 8 };
        Assert.True(watch.IsAcknowledged);
        _status = null;

        Assert.True(Watch(networkIsThere: true).IsAcknowledged);
    }

    private HubWatch Watch(bool networkIsThere) => new(() => _status, TimeSpan.FromSeconds(60), _time)
    {
        Connect = (_, _) =>
        {
            _probes++;
            return Task.FromResult(networkIsThere);
        },
    };
}
