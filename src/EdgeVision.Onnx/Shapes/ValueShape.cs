using System.Globalization;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Element type and lengths of one value of a graph; <see cref="Open"/> for a length that only running tells. A scalar has no lengths.</summary>
public sealed record ValueShape(DataType Type, IReadOnlyList<long> Lengths)
{
    /// <summary>A length that is not known before the network runs.</summary>
    public const long Open = -1;

    public int Rank => Lengths.Count;

    /// <summary>Whether every length is known.</summary>
    public bool IsFixed => !Lengths.Any(length => length < 0);

    /// <summary>How many elements it has, or null where a length is open.</summary>
    public long? Count => IsFixed ? Lengths.Aggregate(1L, (product, length) => product * length) : null;

    /// <summary>The lengths, one of them another.</summary>
    public long[] With(int axis, long length)
    {
        long[] lengths = [.. Lengths];
        lengths[axis] = length;
        return lengths;
    }

    public bool Equals(ValueShape? other) => other is not null && Type == other.Type && Lengths.SequenceEqual(other.Lengths);

    public override int GetHashCode() => Lengths.Aggregate((int)Type, HashCode.Combine);

    public override string ToString() => $"{Type}[{string.Join(",", Lengths.Select(length => length < 0 ? "?" : length.ToString(CultureInfo.InvariantCulture)))}]";
}
