namespace EdgeVision.Capture;

internal enum NutItemKind
{
    /// <summary>The window ends in the middle of a header.</summary>
    NeedMore,

    /// <summary>A header that was read or is of no interest.</summary>
    Packet,
    Frame,
    Corrupt,
}

/// <summary>What stands at the beginning of a window of NUT bytes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="HeaderBytes">Bytes to go past; for a frame its payload comes next. May be more than the window has.</param>
/// <param name="PayloadBytes">Bytes of a frame that follow.</param>
/// <param name="Elided">The beginning of the payload that was left out because it stands in the main header (only tiny frames).</param>
/// <param name="Pts">A frame's time, in units of the stream's time base.</param>
internal readonly record struct NutItem(NutItemKind Kind, long HeaderBytes = 0, int PayloadBytes = 0, byte[]? Elided = null, long Pts = 0);
