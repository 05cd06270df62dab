namespace EdgeVision.Trainer;

internal sealed record CocoImage(int Id, string FileName, int Width, int Height);
