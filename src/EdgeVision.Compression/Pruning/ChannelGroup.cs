namespace EdgeVision.Compression;

/// <summary>Channels that stand side by side everywhere, so that any of them may go as long as one stays: the unit that is ranked and rounded.</summary>
/// <remarks>Example: of two convolutions of 32 channels that are added up, channel i of both is one channel here; the group has 32, width 1.</remarks>
/// <param name="Layers">The nodes that give them, by name.</param>
/// <param name="Channels">Numbers that <see cref="ChannelGroups"/> knows them by, ascending.</param>
/// <param name="Width">How many outputs of its widest layer one channel takes: 2 where a shuffle ties channels in pairs.</param>
public sealed record ChannelGroup(IReadOnlyList<string> Layers, IReadOnlyList<int> Channels, int Width);
