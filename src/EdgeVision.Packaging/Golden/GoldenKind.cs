namespace EdgeVision.Packaging;

/// <summary>What a model of a golden set answers. The numbers stand in the file.</summary>
public enum GoldenKind
{
    /// <summary>Detectors: boxes in picture pixels.</summary>
    Boxes = 1,

    /// <summary>Classifiers: the surest classes, surest first.</summary>
    Classes = 2,
}
