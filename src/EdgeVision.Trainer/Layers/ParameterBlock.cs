using TorchSharp;

namespace EdgeVision.Trainer.Layers;

/// <summary>Many parameters in one tensor, each of them also a tensor of its own that shares the memory.</summary>
internal sealed class ParameterBlock : IDisposable
{
    private const int Alignment = 16; // floats: 64 bytes, a cache line and the widest register
    private readonly Dictionary<string, (int Offset, torch.Tensor Part)> _parts = new(StringComparer.Ordinal);

    public ParameterBlock(IEnumerable<GraphParameter> parameters, bool isTrained)
    {
        var offset = 0;
        var places = new List<(GraphParameter Parameter, int Offset)>();
        foreach (var parameter in parameters)
        {
            places.Add((parameter, offset));
            offset = checked(offset + ((int)parameter.Spec.Count + Alignment - 1) / Alignment * Alignment);
        }

        using var _ = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        Values = torch.zeros(offset).DetachFromDisposeScope();
        Gradients = isTrained ? torch.zeros(offset).DetachFromDisposeScope() : null;
        Decays = isTrained ? torch.zeros(offset).DetachFromDisposeScope() : null;
        foreach (var (parameter, at) in places)
        {
            var part = PartOf(Values, parameter.Spec, at).DetachFromDisposeScope();
            if (isTrained)
            {
                // Backward adds to a gradient that is there, so it arrives in the one tensor of all.
                part.requires_grad_(true);
                part.grad = PartOf(Gradients!, parameter.Spec, at);
                PartOf(Decays!, parameter.Spec, at).fill_(parameter.Spec.Decays ? 1 : 0);
            }

            _parts.Add(parameter.Name, (at, part));
        }
    }

    public torch.Tensor Values { get; }

    public torch.Tensor? Gradients { get; }

    public torch.Tensor? Decays { get; }

    public int OffsetOf(string parameter) => _parts[parameter].Offset;

    public torch.Tensor PartOf(string parameter) => _parts[parameter].Part;

    public void Dispose()
    {
        foreach (var (_, part) in _parts.Values)
        {
            part.Dispose();
        }

        Values.Dispose();
        Gradients?.Dispose();
        Decays?.Dispose();
    }

    private static torch.Tensor PartOf(torch.Tensor all, ParameterSpec spec, int offset) => all.narrow(0, offset, spec.Count).view(spec.Shape).detach();
}
