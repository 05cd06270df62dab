namespace EdgeVision.Trainer;

internal sealed record CocoCategory(int Id, string Name);
