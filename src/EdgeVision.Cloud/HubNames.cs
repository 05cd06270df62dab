using System.Net;

namespace EdgeVision.Cloud;

/// <summary>Every name this hub answers to, in certificates and in tokens: its own, localhost and the loopback addresses.</summary>
internal sealed class HubNames
{
    private readonly HashSet<string> _names;

    public HubNames(ServeOptions options)
    {
        _names = new(["localhost", "127.0.0.1", "::1", options.Host], StringComparer.OrdinalIgnoreCase);
        if (!options.Listen.Equals(IPAddress.Any) && !options.Listen.Equals(IPAddress.IPv6Any))
        {
            _names.Add(options.Listen.ToString());
        }
    }

    public IEnumerable<string> All => _names;

    /// <param name="hostName">With or without port: a device writes what its connection string says.</param>
    public bool Contains(string hostName)
    {
        var colon = hostName.LastIndexOf(':');
        return _names.Contains(hostName) || (colon > 0 && _names.Contains(hostName[..colon].Trim('[', ']')));
    }
}
