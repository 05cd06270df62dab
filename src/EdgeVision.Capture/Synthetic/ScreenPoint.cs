namespace EdgeVision.Capture;

/// <summary>A corner on the picture.</summary>
/// <param name="X">Pixels.</param>
/// <param name="Y">Pixels.</param>
/// <param name="Nearness">One by the distance along the camera's axis, in metres: linear on the picture for everything flat.</param>
internal readonly record struct ScreenPoint(double X, double Y, double Nearness);
