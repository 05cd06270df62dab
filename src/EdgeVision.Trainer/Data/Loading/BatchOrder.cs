namespace EdgeVision.Trainer;

/// <summary>A batch that is to be made.</summary>
internal sealed record BatchOrder(int Number, int[] Indices, TaskCompletionSource<Batch> Made);
