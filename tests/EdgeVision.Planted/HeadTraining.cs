using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using EdgeVision.Onnx;
using Google.Protobuf;

namespace EdgeVision.Planted;

/// <summary>The last layer of a classifier trained on: softmax regression on the features before it, by gradient descent, one picture at a time.</summary>
/// <remarks>The layer is a Gemm with weights [classes, features] or, not transposed, [features, classes]. Deterministic: pictures are taken in the order given.</remarks>
public static class HeadTraining
{
    /// <param name="base">The model whose head is trained.</param>
    /// <param name="pictures">With their true classes.</param>
    /// <param name="rate">Learning rate.</param>
    /// <returns>The retrained network.</returns>
    public static byte[] Train(BaseModel @base, IReadOnlyList<NamedPicture> pictures, int epochs, float rate)
    {
        var model = @base.Open();
        var gemm = model.Graph.Nodes.Single(node => node.OpType == "Gemm");
        var features = Features(@base, gemm.Input[0], pictures);
        var weights = model.Graph.Initializer(gemm.Input[1])!;
        var bias = model.Graph.Initializer(gemm.Input[2])!;
        var head = new Head(weights.ReadFloats(), bias.ReadFloats(), isTransposed: gemm.Attribute("transB")?.I == 1);
        for (var i = 0; i < epochs * pictures.Count; i++)
        {
            head.Step(features[i % pictures.Count], pictures[i % pictures.Count].TrueClass, rate);
        }

        weights.FloatData.Clear();
        weights.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(head.Weights()));
        bias.FloatData.Clear();
        bias.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(head.Bias));
        return model.Save();
    }

    private static float[][] Features(BaseModel @base, string value, IReadOnlyList<NamedPicture> pictures)
    {
        using var runner = new NetworkRunner(ActivationRanges.Expose(@base.Network, [value]));
        return [.. pictures.Select(picture => runner.Run(@base.Tensor(picture))[value])];
    }

    private sealed class Head(float[] weights, float[] bias, bool isTransposed)
    {
        private readonly int _features = weights.Length / bias.Length;
        private readonly float[] _rows = isTransposed ? weights : Transposed(weights, bias.Length);
        private readonly float[] _errors = new float[bias.Length];

        public float[] Bias => bias;

        public float[] Weights() => isTransposed ? _rows : Transposed(_rows, _features);

        public void Step(float[] features, int trueClass, float rate)
        {
            for (var i = 0; i < bias.Length; i++)
            {
                _errors[i] = bias[i] + TensorPrimitives.Dot<float>(_rows.AsSpan(i * _features, _features), features);
            }

            TensorPrimitives.Subtract(_errors, TensorPrimitives.Max<float>(_errors), _errors);
            TensorPrimitives.SoftMax(_errors, _errors);
            _errors[trueClass] -= 1;
            for (var i = 0; i < bias.Length; i++)
            {
                var row = _rows.AsSpan(i * _features, _features);
                TensorPrimitives.MultiplyAdd(features, -rate * _errors[i], row, row);
                bias[i] -= rate * _errors[i];
            }
        }

        /// <summary>[rows, columns] to [columns, rows], where the columns are given.</summary>
        private static float[] Transposed(float[] values, int columns)
        {
            var rows = values.Length / columns;
            var result = new float[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                result[(i % columns * rows) + (i / columns)] = values[i];
            }

            return result;
        }
    }
}
