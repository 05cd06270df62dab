using System.Buffers.Binary;
using System.IO.Compression;
using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Planted;

namespace EdgeVision.Compression.Tests;

/// <summary>A classifier with trained weights, and pictures with their classes.</summary>
internal sealed record TrainedClassifier(byte[] Network, IReadOnlyList<NetworkTensor> Pictures, IReadOnlyList<int> Classes)
{
    /// <summary>For calibration: the first of the pictures.</summary>
    public IReadOnlyList<NetworkTensor> Samples => [.. Pictures.Take(64)];

    /// <summary>The MNIST network of the CNTK tutorials and the first digits of the test set.</summary>
    public static TrainedClassifier Digits(int count)
    {
        var network = File.ReadAllBytes(TestData.Require("models/mnist_cnn/mnist.onnx"));
        var pixels = Unzip("datasets/mnist_t10k/t10k-images-idx3-ubyte.gz");
        var labels = Unzip("datasets/mnist_t10k/t10k-labels-idx1-ubyte.gz");
        count = Math.Min(count, BinaryPrimitives.ReadInt32BigEndian(labels.AsSpan(4)));
        return new TrainedClassifier(
            network,
            [.. Enumerable.Range(0, count).Select(i => NetworkTensor.Of([1, 1, 28, 28], [.. pixels.AsSpan(16 + (784 * i), 784).ToArray().Select(pixel => (float)pixel)]))],
            [.. labels.Skip(8).Take(count).Select(label => (int)label)]);
    }

    /// <summary>ResNet-8 and pictures of CIFAR-10's test set, the classes in turn.</summary>
    public static TrainedClassifier Things(int count)
    {
        var network = BaseModels.Classifier();
        var pictures = BaseModels.Cifar(count);
        return new TrainedClassifier(network.Network, [.. pictures.Select(picture => NetworkTensor.Of([1, 3, 32, 32], network.Tensor(picture)))], [.. pictures.Select(picture => picture.TrueClass)]);
    }

    public OnnxModel Open()
    {
        var model = OnnxModel.Load(Network, "trained");
        GraphCleanup.Apply(model);
        return model;
    }

    /// <summary>Percent of the pictures whose class comes out greatest.</summary>
    public double Accuracy(byte[] network)
    {
        using var session = TensorNetwork.Open(network, "measured");
        var (input, output, right) = (session.Inputs[0].Name, session.Outputs[0].Name, 0);
        for (var i = 0; i < Pictures.Count; i++)
        {
            var answer = session.Run(new Dictionary<string, NetworkTensor> { [input] = Pictures[i] })[output].Floats;
            right += System.Numerics.Tensors.TensorPrimitives.IndexOfMax(answer) == Classes[i] ? 1 : 0;
        }

        return 100d * right / Pictures.Count;
    }

    private static byte[] Unzip(string path)
    {
        using var zip = new GZipStream(File.OpenRead(TestData.Require(path)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
