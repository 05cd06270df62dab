namespace EdgeVision.Trainer.Training;

/// <summary>Writes one sample as the network's input; what is random about it depends on the index and the epoch alone, never on the order of calls.</summary>
/// <param name="epoch">From 0; -1 for samples that nothing is learnt from.</param>
/// <returns>Its class.</returns>
internal delegate int SampleReader(int index, int epoch, Span<float> values);
