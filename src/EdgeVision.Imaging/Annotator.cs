namespace EdgeVision.Imaging;

/// <summary>Pictures for people: the frame with boxes and labels drawn on it.</summary>
public static class Annotator
{
    /// <summary>JPEG of the frame with a box and "label 0.87" for each detection; colour by class.</summary>
    public static byte[] DrawJpeg(Frame frame, Detections detections, IReadOnlyList<string> labels, int quality = 85) => throw new NotImplementedException();
}
