namespace EdgeVision.Agent;

/// <summary>The picture somebody asks for.</summary>
/// <param name="Camera">Null = whichever comes first.</param>
/// <param name="Quality">Of the JPEG, 1 to 100.</param>
/// <param name="MaxWidth">Pixels; a wider picture is made smaller.</param>
/// <param name="Annotated">With the boxes of what was seen.</param>
internal sealed record PictureWish(string? Camera = null, int Quality = 85, int MaxWidth = int.MaxValue, bool Annotated = true);
