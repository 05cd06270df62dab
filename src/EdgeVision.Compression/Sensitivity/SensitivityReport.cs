namespace EdgeVision.Compression;

/// <summary>Where 8 bits cost a network its answers. Plain numbers, for people and for the loop that leaves layers in floats.</summary>
/// <param name="Layers">Layers with weights, the most suspicious first: the one that alone in 8 bits changes the outputs most.</param>
/// <param name="Values">Activations, the one with the least signal to noise first.</param>
/// <param name="Cumulative">How the outputs fare when the most suspicious layers, none at first, stay in floats.</param>
public sealed record SensitivityReport(IReadOnlyList<LayerSensitivity> Layers, IReadOnlyList<ValueSensitivity> Values, IReadOnlyList<CumulativeSensitivity> Cumulative);
