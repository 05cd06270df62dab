using EdgeVision.Imaging;

namespace EdgeVision.Inference.Tests;

/// <summary>A box that another program found with the same network in the same picture.</summary>
internal readonly record struct ReferenceDetection(BoundingBox Box, float Confidence, int ClassId)
{
    /// <summary>Whether ours holds it: same class, IoU of at least 0.9, confidence within 0.03.</summary>
    public bool IsIn(Detections detections)
    {
        for (var i = 0; i < detections.Count; i++)
        {
            var isSame = detections.ClassIds[i] == ClassId && MathF.Abs(detections.Confidences[i] - Confidence) <= 0.03f;
            if (isSame && detections.Boxes[i].IntersectionOverUnion(Box) >= 0.9f)
            {
                return true;
            }
        }

        return false;
    }
}
