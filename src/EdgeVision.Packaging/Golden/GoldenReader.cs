using System.Buffers.Binary;
using System.Text;

namespace EdgeVision.Packaging;

/// <summary>Bytes of <c>golden.bin</c> to a set. Every length is held against the bytes that are there before memory is taken for it.</summary>
internal sealed class GoldenReader(ReadOnlyMemory<byte> bytes, string name)
{
    private const int MaxNameBytes = 64;
    private const int LeastFrameBytes = 12;

    private ReadOnlyMemory<byte> _rest = bytes;

    public GoldenSet Read()
    {
        if (_rest.Length > GoldenSet.MaxBytes)
        {
            throw Broken($"has {_rest.Length} bytes; a golden set has at most {GoldenSet.MaxBytes}");
        }

        if (!Take(Math.Min(GoldenFormat.Magic.Length, _rest.Length)).Span.SequenceEqual(GoldenFormat.Magic))
        {
            throw Broken("is not a golden set of this version");
        }

        var set = new GoldenSet((GoldenKind)ReadInt32(), ReadFrames());
        if (!_rest.IsEmpty)
        {
            throw Broken($"has {_rest.Length} bytes after its last frame");
        }

        GoldenFormat.Check(set, name);
        return set;
    }

    private GoldenFrame[] ReadFrames()
    {
        var frames = new GoldenFrame[ReadCount(GoldenSet.MaxFrames, LeastFrameBytes, "frames")];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = ReadFrame();
        }

        return frames;
    }

    private GoldenFrame ReadFrame()
    {
        var frameName = Encoding.Latin1.GetString(Take(ReadCount(MaxNameBytes, 1, "bytes of a name")).Span);
        var picture = Take(ReadCount(GoldenSet.MaxPictureBytes, 1, "bytes of a picture"));
        var answers = new GoldenAnswer[ReadCount(GoldenSet.MaxAnswers, GoldenFormat.AnswerBytes, "answers")];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = new GoldenAnswer(ReadInt32(), ReadSingle(), ReadSingle(), ReadSingle(), ReadSingle(), ReadSingle());
        }

        return new GoldenFrame(frameName, picture, answers);
    }

    private int ReadCount(int most, int bytesEach, string what)
    {
        var count = ReadInt32();
        return count < 0 || count > most ? throw Broken($"has {count} {what}, not 0 to {most}")
            : (long)count * bytesEach > _rest.Length ? throw Broken("is cut short")
            : count;
    }

    private int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4).Span);

    private float ReadSingle() => BinaryPrimitives.ReadSingleLittleEndian(Take(4).Span);

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw Broken("is cut short");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private PackageException Broken(string problem) => new($"{name} {problem}. Build the golden set anew and package the model again.");
}
