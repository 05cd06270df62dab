namespace EdgeVision.Trainer.Training;

/// <param name="Count">Answers in it.</param>
/// <param name="Confidence">Mean of them.</param>
/// <param name="Right">Share of them that is right.</param>
internal readonly record struct ReliabilityBin(int Count, double Confidence, double Right);
