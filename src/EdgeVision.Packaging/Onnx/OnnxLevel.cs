namespace EdgeVision.Packaging;

/// <summary>A message that the walker is in: where it lies, and what was seen of it so far.</summary>
internal struct OnnxLevel
{
    public OnnxMessage Message;

    /// <summary>The field of the message around it that holds it, and where that field begins.</summary>
    public int Field;
    public int Tag;

    public int Start;
    public int End;

    /// <summary>Bit n: field n was there; of those the walker asks for.</summary>
    public ulong Seen;

    /// <summary>Operator sets: domain and version. Models: the IR version.</summary>
    public Range Domain;
    public long Version;

    /// <summary>Tensors, sparse ones too.</summary>
    public OnnxTensorSize Tensor;

    public readonly bool Has(int field) => (Seen >> field & 1) == 1;
}
