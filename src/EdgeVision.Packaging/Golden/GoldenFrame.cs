namespace EdgeVision.Packaging;

/// <summary>One picture and what is expected of it.</summary>
/// <param name="Name">1 to 64 of <c>a-z 0-9 . _ -</c>; what verdicts call it.</param>
/// <param name="Picture">PNG or JPEG, as a file.</param>
/// <param name="Answers">Empty = a detector must see nothing.</param>
public sealed record GoldenFrame(string Name, ReadOnlyMemory<byte> Picture, IReadOnlyList<GoldenAnswer> Answers);
