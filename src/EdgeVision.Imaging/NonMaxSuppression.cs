namespace EdgeVision.Imaging;

/// <summary>Leaves of boxes of one class that overlap only the surest.</summary>
public static class NonMaxSuppression
{
    /// <summary>Sorts by confidence, surest first (ties: lower class id, then the order given), and removes each box whose IoU with a kept box of its class is above <paramref name="threshold"/>.</summary>
    public static void Apply(Detections detections, float threshold) => throw new NotImplementedException();
}
