using System.Buffers;

namespace EdgeVision.Hub;

/// <summary>Which names a device may have: those that Azure IoT Hub allows and that are safe inside an MQTT topic.</summary>
public static class DeviceIds
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    /// <summary>1 to 128 of A-Z a-z 0-9 . _ : -</summary>
    public static bool IsValid(string id) => id.Length is > 0 and <= 128 && !id.AsSpan().ContainsAnyExcept(Letters);
}
