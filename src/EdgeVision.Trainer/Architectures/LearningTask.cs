namespace EdgeVision.Trainer.Architectures;

/// <summary>What a network answers, and so what it learns from.</summary>
internal enum LearningTask
{
    /// <summary>One class for each picture.</summary>
    Classes,

    /// <summary>Boxes of objects.</summary>
    Boxes,

    /// <summary>A class for each place.</summary>
    Segments,

    /// <summary>Whether a part is as good ones are, by how far from those lies what a network that learnt elsewhere sees in it.</summary>
    Anomalies,
}
