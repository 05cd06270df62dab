using System.Net;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update;

/// <summary>Signed metadata as a server gives it: small, whole in memory, within its bound.</summary>
internal static class SmallAnswer
{
    /// <summary>Any 4xx is "not there", because object stores answer 403 for what they do not have; 408 and 429 pass.</summary>
    public static bool IsMissing(HttpStatusCode status) =>
        status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.RequestTimeout and not HttpStatusCode.TooManyRequests;

    /// <exception cref="TufException">TooLarge: the body has more than <paramref name="maxBytes"/>, whatever its header says.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, string name, long maxBytes, SpeedGate gate)
    {
        using var body = await response.Content.ReadAsStreamAsync(gate.Token).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, gate.Token).ConfigureAwait(false)) > 0; gate.Count(count))
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > maxBytes)
            {
                throw new TufException(TufFailure.TooLarge, $"{name}: more than the {maxBytes} bytes that such a file may have");
            }
        }

        return bytes.ToArray();
    }
}
