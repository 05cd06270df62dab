namespace EdgeVision.Agent;

/// <summary>A model's service in numbers, since it began; a snapshot.</summary>
/// <param name="Failed">Frames that broke it.</param>
/// <param name="Unsound">Frames answered with something that is no number; counted in probation only.</param>
/// <param name="Answers">Boxes, and first classes.</param>
/// <param name="Seen">Frames with an answer.</param>
/// <param name="Watched">Time in which frames came.</param>
/// <param name="Silence">Since the last answer, as far as frames came.</param>
/// <param name="LastFrame">Timestamp; 0 = none yet.</param>
internal readonly record struct VitalFigures(
    long Frames, long Failed, long Unsound, long Answers, long Seen, TimeSpan Watched, TimeSpan Silence, TimeSpan LongestSilence, long LastFrame);
