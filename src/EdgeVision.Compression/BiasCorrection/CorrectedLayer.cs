namespace EdgeVision.Compression;

/// <summary>One layer whose bias was corrected.</summary>
/// <param name="Node">Its name.</param>
/// <param name="LargestShift">Largest difference of a channel's mean between float and 8 bits, in deviations of that channel.</param>
public sealed record CorrectedLayer(string Node, double LargestShift);
