namespace EdgeVision.Capture;

/// <summary>What changes on a road user from frame to frame.</summary>
/// <param name="Gone">Metres: moves legs and pedals.</param>
/// <param name="IsBraking">Its brake lights shine.</param>
/// <param name="IsDark">It has its lights on.</param>
internal readonly record struct VehicleState(double Gone, bool IsBraking, bool IsDark);
