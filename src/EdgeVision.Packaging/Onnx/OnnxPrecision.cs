namespace EdgeVision.Packaging;

/// <summary>Adds up of which precision a network's values are.</summary>
internal struct OnnxPrecision
{
    private const int Float32 = 1, UInt8 = 2, Int8 = 3, Float16 = 10;
    private const double Nearly = 0.95;

    private long _float32;
    private long _float16;
    private long _int8;

    public void Count(int type, long values)
    {
        switch (type)
        {
            case Float32:
                _float32 += values;
                break;
            case Float16:
                _float16 += values;
                break;
            case UInt8 or Int8:
                _int8 += values;
                break;
        }
    }

    public readonly string Name()
    {
        var most = Nearly * (_float32 + _float16 + _int8);
        return _float32 >= most ? "fp32" : _float16 >= most ? "fp16" : _int8 >= most ? "int8" : "mixed";
    }
}
