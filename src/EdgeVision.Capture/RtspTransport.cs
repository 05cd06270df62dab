namespace EdgeVision.Capture;

/// <summary>How the pictures of an rtsp:// camera travel.</summary>
public enum RtspTransport
{
    /// <summary>Inside the RTSP connection: nothing is lost on the way, and no firewall is in it.</summary>
    Tcp,

    /// <summary>Beside it: less delay on a bad link, at the price of lost packets.</summary>
    Udp,
}
