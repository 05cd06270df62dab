using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>An object that is in a picture.</summary>
/// <param name="ClassId">Into <see cref="DatasetClasses.Names"/>.</param>
/// <param name="Box">In pixels of the picture, or in shares of its sides where <see cref="Truth.IsRelative"/>.</param>
/// <param name="IsIgnored">A crowd, or too difficult: whoever finds it is neither praised nor blamed.</param>
public readonly record struct TrueBox(int ClassId, BoundingBox Box, bool IsIgnored = false);
