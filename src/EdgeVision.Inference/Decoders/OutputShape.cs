namespace EdgeVision.Inference;

/// <summary>Whether a network's output is of the shape its decoder reads.</summary>
internal static class OutputShape
{
    public static void Require(bool fits, string decoder, string expected, long[] actual)
    {
        if (!fits)
        {
            throw new InferenceException(
                $"The decoder '{decoder}' reads an output of shape {expected}, but the network gives [{string.Join(", ", actual)}]: name another decoder in decode.decoder, or correct the manifest.");
        }
    }
}
