using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>One network with its inputs bound, ready to be run again and again.</summary>
internal sealed class TimedRun : IDisposable
{
    private const int Seed = 1;

    private readonly TensorNetwork _network;
    private readonly BoundRun _run;

    /// <param name="profilePrefix">See <see cref="TensorNetworkOptions.ProfilePrefix"/>.</param>
    public TimedRun(TimedNetwork network, int threads, int batch, string? profilePrefix = null)
    {
        _network = TensorNetwork.Open(network.Onnx, network.Name, new TensorNetworkOptions { Threads = threads, WidenWeights = network.WidenWeights, ProfilePrefix = profilePrefix });
        try
        {
            _run = _network.Bind(_network.Inputs.ToDictionary(input => input.Name, input => Noise(input, network, batch), StringComparer.Ordinal));
        }
        catch
        {
            _network.Dispose();
            throw;
        }
    }

    public void Run() => _run.Run();

    /// <summary>The file of what each operator took.</summary>
    public string EndProfiling() => _network.EndProfiling();

    public void Dispose()
    {
        _run.Dispose();
        _network.Dispose();
    }

    private static NetworkTensor Noise(NetworkValue input, TimedNetwork network, int batch)
    {
        var given = network.Shapes.GetValueOrDefault(input.Name);
        long[] shape = [.. input.Shape.Select((length, axis) => length > 0 ? length
            : axis == 0 ? batch
            : given is not null && axis < given.Count && given[axis] > 0 ? given[axis]
            : throw new CompressionException($"{network.Name}: length {axis} of input '{input.Name}' is open; give its shape."))];
        if (shape.Length > 0 && shape[0] != batch && input.Shape[0] > 0 && batch > 1)
        {
            throw new CompressionException($"{network.Name}: input '{input.Name}' has a fixed batch of {shape[0]}, so a batch of {batch} cannot be timed. Export it with an open batch.");
        }

        return NoiseTensor.Make(input.Type, shape, new Random(Seed));
    }
}
