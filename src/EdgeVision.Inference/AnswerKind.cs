namespace EdgeVision.Inference;

/// <summary>What a model answers with: which part of <see cref="VisionResult"/> it fills.</summary>
public enum AnswerKind
{
    Nothing,
    Boxes,
    Classes,
    Text,
    Segments,
}
