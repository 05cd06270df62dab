using System.Net;

namespace EdgeVision.Cloud.Rest;

/// <summary>Counts wrong credentials by address, in windows of a minute, so that a flood of them is told to wait and fills no log.</summary>
/// <remarks>Right ones pass whatever else comes from their address: behind one address are often many, and a key of 256 bits is not guessed. At most 4096 addresses are told apart.</remarks>
internal sealed class FailedAttempts(TimeProvider time)
{
    public const int MostPerMinute = 60;
    private const int MostAddresses = 4096;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Dictionary<IPAddress, int> _failures = [];
    private readonly Lock _gate = new();
    private long _began = time.GetTimestamp();

    /// <returns>How many there were from this address in this minute, this one included.</returns>
    public int Count(IPAddress address)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_began) >= Window)
            {
                _failures.Clear();
                _began = time.GetTimestamp();
            }

            var key = _failures.Count < MostAddresses || _failures.ContainsKey(address) ? address : IPAddress.None;
            return _failures[key] = _failures.GetValueOrDefault(key) + 1;
        }
    }
}
