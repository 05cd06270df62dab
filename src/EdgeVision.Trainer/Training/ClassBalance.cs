namespace EdgeVision.Trainer.Training;

/// <summary>How much classes count so that rare ones are learnt like frequent ones.</summary>
internal static class ClassBalance
{
    /// <summary>The inverse of each class's share, 1 on average over the samples; a class without samples counts 0. Example: 3 of one and 1 of another are 2/3 and 2.</summary>
    public static float[] Weights(IReadOnlyList<int> labels, int classes)
    {
        var counts = new int[classes];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        var present = counts.Count(count => count > 0);
        return [.. counts.Select(count => count == 0 ? 0 : (float)labels.Count / present / count)];
    }
}
