namespace EdgeVision.Compression;

/// <summary>What a data set knows of its pictures.</summary>
public enum DatasetKind
{
    /// <summary>Nothing: pictures alone, to calibrate with or to compare two models on.</summary>
    Pictures,

    /// <summary>One class a picture.</summary>
    Classes,

    /// <summary>Every object of some classes, boxed.</summary>
    Boxes,

    /// <summary>What is written in the picture.</summary>
    Text,

    /// <summary>The class of every pixel.</summary>
    Segments,
}
