namespace EdgeVision.Trainer;

/// <param name="Bbox">x, y, width, height, pixels.</param>
/// <param name="Iscrowd">1 = neither learned nor counted.</param>
internal sealed record CocoAnnotation(int Id, int ImageId, int CategoryId, float[] Bbox, int Iscrowd);
