namespace EdgeVision.Capture;

/// <summary>What a line of the decoder's log says about why there is no picture.</summary>
internal static class FailureTable
{
    private static readonly (byte[] Text, CaptureFailure Failure)[] Rows =
    [
        Row("Failed to resolve hostname", CaptureFailure.NameNotFound),
        Row("Connection refused", CaptureFailure.Refused),
        Row("401 Unauthorized", CaptureFailure.Unauthorized),
        Row("403 Forbidden", CaptureFailure.Unauthorized),
        Row("404 Not Found", CaptureFailure.NotFound),
        Row("No such file or directory", CaptureFailure.NotFound),
        Row("Is a directory", CaptureFailure.NotFound),
        Row("Connection timed out", CaptureFailure.TimedOut),
        Row("Operation timed out", CaptureFailure.TimedOut),
        Row("No route to host", CaptureFailure.TimedOut),
        Row("Network is unreachable", CaptureFailure.TimedOut),
        Row("Connection reset by peer", CaptureFailure.Closed),
        Row("partial file", CaptureFailure.Closed),
        Row("File ended prematurely", CaptureFailure.Closed),
        Row("Protocol not found", CaptureFailure.Other),
        Row("Permission denied", CaptureFailure.Other),
        Row("matches no streams", CaptureFailure.Undecodable),
        Row("moov atom not found", CaptureFailure.Undecodable),
        Row("Invalid data found", CaptureFailure.Undecodable),
        Row("Could not find codec parameters", CaptureFailure.Undecodable),
        Row("Decoder not found", CaptureFailure.Undecodable),
    ];

    /// <returns>None when the line says nothing.</returns>
    public static CaptureFailure Match(ReadOnlySpan<byte> line)
    {
        foreach (var (text, failure) in Rows)
        {
            if (line.IndexOf(text) >= 0)
            {
                return failure;
            }
        }

        return CaptureFailure.None;
    }

    /// <summary>What the user can do about it.</summary>
    public static string Advice(CaptureFailure failure) => failure switch
    {
        CaptureFailure.NameNotFound => "the host name is not known: check the address and the DNS server",
        CaptureFailure.Refused => "nothing listens there: check the address and port, and that the camera is on",
        CaptureFailure.Unauthorized => "the camera refuses this user or password: check both",
        CaptureFailure.NotFound => "there is nothing at that path: check it",
        CaptureFailure.TimedOut => "no answer: check the address, the cable and the firewall",
        CaptureFailure.Stalled => "connected, but no picture comes: check the camera's encoder, or restart it",
        CaptureFailure.Undecodable => "this is not a video that can be decoded: check the file, or the camera's codec (H.264 and H.265 work)",
        CaptureFailure.Closed => "it ends before its time: copy the file again, or check the connection",
        CaptureFailure.DecoderMissing => "the decoder program is missing: install ffmpeg, or set the path to it",
        _ => "see the detail",
    };

    private static (byte[] Text, CaptureFailure Failure) Row(string text, CaptureFailure failure) => (System.Text.Encoding.ASCII.GetBytes(text), failure);
}
