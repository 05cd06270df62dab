namespace EdgeVision.Onnx;

/// <summary>Rewrites the nodes of an old model so that they say the same in the words of a newer version of the standard operators.</summary>
/// <remarks>
/// From 7 up to 17. Changed are the nodes whose meaning depends on the version, and no others: attributes become inputs (Slice, Pad, Clip, Split, Squeeze, ...), Upsample becomes Resize,
/// Softmax over several dimensions is done on a matrix. An operator that this room does not know is named, because its meaning may have changed. Nodes of other domains stay.
/// Example: Upsample-9 with the scales [1,1,2,2] becomes Resize-11, asymmetric, floor, with the same scales. Initializers leave the inputs of files before IR version 4. Nodes within
/// sub-graphs too. One thread at a time.
/// </remarks>
public static class OpsetUpgrade
{
    public const int Oldest = 7, Newest = 17;

    private const int IrOfNewest = 8;

    /// <param name="opset">7 to 17. A model that is there already, or beyond, is left as it is.</param>
    /// <exception cref="OnnxException">Older than 7, or a node that cannot be said in the newer words. The model may be changed in part: load it again.</exception>
    public static void Raise(OnnxModel model, int opset = Newest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(opset, Oldest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opset, Newest);
        if (model.Opset >= opset)
        {
            return;
        }

        if (model.Opset < Oldest)
        {
            throw new OnnxException($"{model.Name} is written in operators of version {model.Opset}, {Oldest} is the oldest that can be raised. Export the network again with opset {Oldest} to {Newest}.");
        }

        // Read off before anything is changed, because the old nodes are what the old version explains.
        var plan = new UpgradePlan(model, opset, ShapeInference.Infer(model));
        model.InitializersOutOfInputs();
        plan.Apply(model.Graph.Proto);
        model.RaiseOpset(opset);
        model.Proto.IrVersion = Math.Max(model.Proto.IrVersion, IrOfNewest);
        model.Graph.Touch();
    }
}
