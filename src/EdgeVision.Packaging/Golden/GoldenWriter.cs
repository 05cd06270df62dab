using System.Text;

namespace EdgeVision.Packaging;

/// <summary>A golden set to the bytes of <c>golden.bin</c>.</summary>
internal static class GoldenWriter
{
    private const string FileName = "golden.bin";

    public static byte[] Write(GoldenSet set)
    {
        GoldenFormat.Check(set, FileName);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(GoldenFormat.Magic);
        writer.Write((int)set.Kind);
        writer.Write(set.Frames.Count);
        foreach (var frame in set.Frames)
        {
            Write(writer, frame);
        }

        return stream.Length <= GoldenSet.MaxBytes
            ? stream.ToArray()
            : throw new PackageException($"{FileName}: {stream.Length} bytes; a golden set has at most {GoldenSet.MaxBytes}. Take fewer or smaller pictures.");
    }

    private static void Write(BinaryWriter writer, GoldenFrame frame)
    {
        writer.Write(frame.Name.Length);
        writer.Write(Encoding.ASCII.GetBytes(frame.Name));
        writer.Write(frame.Picture.Length);
        writer.Write(frame.Picture.Span);
        writer.Write(frame.Answers.Count);
        foreach (var answer in frame.Answers)
        {
            writer.Write(answer.ClassId);
            writer.Write(answer.Confidence);
            writer.Write(answer.X1);
            writer.Write(answer.Y1);
            writer.Write(answer.X2);
            writer.Write(answer.Y2);
        }
    }
}
