using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>Whether an answer is one at all: numbers everywhere, confidences from 0 to 1, classes that the model has.</summary>
/// <remarks>Allocates nothing. On the thread of the model.</remarks>
internal static class ResultCheck
{
    public static bool IsSound(VisionModel model, VisionResult result) =>
        model.OutputsAreFinite() && IsSound(result.Detections, model.Labels.Count) && IsSound(result.Classes, model.Labels.Count);

    private static bool IsSound(Detections detections, int classes)
    {
        var boxes = detections.Boxes;
        var confidences = detections.Confidences;
        var ids = detections.ClassIds;
        for (var i = 0; i < boxes.Length; i++)
        {
            if (!float.IsFinite(boxes[i].Area) || !IsSound(ids[i], confidences[i], classes))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSound(List<ClassScore> scores, int classes)
    {
        foreach (var score in scores)
        {
            if (!IsSound(score.ClassId, score.Confidence, classes))
            {
                return false;
            }
        }

        return true;
    }

    // a probability made of float32 sums may be above 1 by its last digits
    private static bool IsSound(int classId, float confidence, int classes) => confidence is >= 0 and <= 1.001f && (uint)classId < (uint)classes;
}
