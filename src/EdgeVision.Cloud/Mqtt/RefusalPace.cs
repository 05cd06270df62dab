using System.Net;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>How loud a refusal is said: a warning once a minute for each address and reason, otherwise only for who looks closely, because what strangers do must not fill a disk.</summary>
/// <remarks>Every refusal of a device stands among its events all the same. At most 4096 pairs are remembered. Any thread.</remarks>
internal sealed class RefusalPace(TimeProvider time)
{
    private const int Most = 4096;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly Dictionary<(IPAddress?, string), long> _said = [];
    private readonly Lock _gate = new();

    public LogLevel LevelOf(EndPoint? peer, string reason)
    {
        var (pair, now) = (((peer as IPEndPoint)?.Address, reason), time.GetTimestamp());
        lock (_gate)
        {
            if (_said.TryGetValue(pair, out var last) && time.GetElapsedTime(last, now) < Pause)
            {
                return LogLevel.Debug;
            }

            if (_said.Count >= Most)
            {
                _said.Clear();
            }

            _said[pair] = now;
            return LogLevel.Warning;
        }
    }
}
