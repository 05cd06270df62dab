namespace EdgeVision.Compression;

/// <summary>One form that data sets lie in.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="LooksLike">What is looked for, in words.</param>
/// <param name="IsAnnotated">It has truth of its own, so bare pictures beside it are its pictures.</param>
internal sealed record DatasetForm(string Name, string LooksLike, bool IsAnnotated, Func<DatasetSource, bool> Fits, Func<DatasetSource, DatasetContent> Read);
