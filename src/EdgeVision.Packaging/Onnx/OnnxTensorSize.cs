namespace EdgeVision.Packaging;

/// <summary>What a tensor says of its size, and what it brings: gathered field by field, judged at its end.</summary>
/// <remarks>Example: dims 64, 3, 7, 7 of float32 are 9,408 values and need 37,632 bytes of raw_data. Sizes that do not fit stay at the largest number.</remarks>
internal struct OnnxTensorSize
{
    private const int Dims = 1, DataType = 2, StringData = 6, RawData = 9, ExternalData = 13, DataLocation = 14;
    private const int StringType = 8;

    private bool _hasLengths;
    private long _values;
    private long _dataBits;
    private long _rawBytes;
    private long _strings;
    private bool _hasRaw;

    public int Type { get; private set; }

    /// <summary>Product of the lengths; 1 without any.</summary>
    public readonly long Values => _hasLengths ? _values : 1;

    public OnnxFault Take(ReadOnlySpan<byte> file, OnnxField field)
    {
        switch (field.Number)
        {
            case Dims:
                return TakeLengths(file, field);
            case DataType:
                Type = (int)field.Value;
                break;
            case StringData:
                _strings++;
                break;
            case RawData:
                (_hasRaw, _rawBytes) = (true, field.End - field.Start);
                break;
            case 4 or 5 or 7 or 10 or 11:
                // Packed they are bytes; one by one, each is a value of its own.
                _dataBits += field.IsBytes ? 8L * (field.End - field.Start) : 64;
                break;
            case ExternalData:
            case DataLocation when field.Value != 0:
                return new OnnxFault(OnnxProblem.ExternalData, "keeps its values outside the file (external_data), where nobody has checked them. Export the network with all weights inside.");
        }

        return default;
    }

    /// <summary>Lengths come one by one or packed.</summary>
    public OnnxFault TakeLengths(ReadOnlySpan<byte> file, OnnxField field)
    {
        if (!field.IsBytes)
        {
            return TakeLength((long)field.Value);
        }

        var position = field.Start;
        while (position < field.End)
        {
            if (!OnnxField.TryReadVarint(file, ref position, field.End, out var length))
            {
                return new OnnxFault(OnnxProblem.Parse, "has lengths that are cut short. Copy the network again.");
            }

            if (TakeLength((long)length) is { IsNone: false } fault)
            {
                return fault;
            }
        }

        return default;
    }

    /// <param name="mostBytes">What one tensor may need.</param>
    /// <param name="bytes">What this one needs once it is in memory.</param>
    public readonly OnnxFault Judge(long mostBytes, out long bytes)
    {
        bytes = 0;
        var bits = BitsOf(Type);
        if (bits < 0)
        {
            return new OnnxFault(OnnxProblem.Unsupported, $"has data type {Type}, which this daemon does not know. Export the network with float32, float16 or 8-bit weights.");
        }

        if (Values > mostBytes)
        {
            return TooLarge(mostBytes);
        }

        bytes = ((Values * bits) + 7) / 8;
        return bytes > mostBytes ? TooLarge(mostBytes) : IsBrought(bytes) ? default
            : new OnnxFault(OnnxProblem.Parse, $"has {Values} values by its shape, but {(_hasRaw ? $"{_rawBytes} bytes, not {bytes}" : "too little data for them")}. Export the network again.");
    }

    /// <summary>Sparse tensors: whether the dense one it stands for would fit, at the 8 bytes of the largest plain type.</summary>
    public readonly OnnxFault JudgeDense(long mostBytes, out long bytes)
    {
        bytes = Values > mostBytes / 8 ? 0 : Values * 8;
        return Values > mostBytes / 8 ? TooLarge(mostBytes) : default;
    }

    // Without raw data only a bound is held, one bit a value: the exact packing of small types is ONNX Runtime's to judge.
    private readonly bool IsBrought(long bytes) => _hasRaw ? bytes == _rawBytes : Values <= 1 || Values <= (Type == StringType ? _strings : _dataBits);

    private static OnnxFault TooLarge(long mostBytes) =>
        new(OnnxProblem.Memory, $"has a shape that needs more than {mostBytes >> 20} MiB. Make the network smaller.");

    private OnnxFault TakeLength(long length)
    {
        if (length < 0)
        {
            return new OnnxFault(OnnxProblem.Parse, $"has the length {length} in its shape. Export the network again.");
        }

        var before = Values;
        _hasLengths = true;
        _values = length > 0 && before > long.MaxValue / length ? long.MaxValue : before * length;
        return default;
    }

    private static int BitsOf(int type) => type switch
    {
        0 or StringType => 0,
        2 or 3 or 9 or 17 or 18 or 19 or 20 or 24 => 8,
        4 or 5 or 10 or 16 => 16,
        1 or 6 or 12 => 32,
        7 or 11 or 13 or 14 => 64,
        15 => 128,
        21 or 22 or 23 => 4,
        25 or 26 => 2,
        _ => -1,
    };
}
