namespace EdgeVision.Compression;

/// <summary>One slice of a constant that belongs to a channel.</summary>
/// <param name="Tensor">Name of the initializer.</param>
/// <param name="Index">Place along <paramref name="Axis"/>.</param>
public readonly record struct ChannelPlace(string Tensor, int Axis, int Index, BindingRole Role);
