namespace EdgeVision.Capture;

internal enum SceneryKind
{
    House,
    Tree,
    Box,
    Lamp,
}
