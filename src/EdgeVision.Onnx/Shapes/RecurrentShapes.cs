namespace EdgeVision.Onnx;

/// <summary>RNN, GRU and LSTM: a sequence [steps, batch, features] and weights of each direction.</summary>
internal static class RecurrentShapes
{
    public static void Recurrent(ShapeContext node)
    {
        if (node.Input(0) is not { Rank: 3 } data || node.Input(2) is not { Rank: 3 } recurrence)
        {
            return;
        }

        var isBatchFirst = node.Attributes.Int("layout", 0) != 0;
        var (steps, batch) = isBatchFirst ? (data.Lengths[1], data.Lengths[0]) : (data.Lengths[0], data.Lengths[1]);
        var (directions, hidden) = (recurrence.Lengths[0], recurrence.Lengths[2]);
        long[] last = isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
        node.Set(0, data.Type, isBatchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden]);
        node.Set(1, data.Type, last);
        node.Set(2, data.Type, last);
    }
}
