using static EdgeVision.Packaging.ManifestRules;

namespace EdgeVision.Packaging;

/// <summary>The words of <c>golden.bin</c>, and the limits that reader and writer both hold.</summary>
/// <remarks>
/// File: magic "EVGOLD1\n", kind (4), frames (4), then each frame. Frame: name length (4), name, picture length (4), picture, answers (4), each answer 24 bytes:
/// class (4), confidence, x1, y1, x2, y2 (float32). Integers are of 32 bits, all little-endian.
/// </remarks>
internal static class GoldenFormat
{
    public const int AnswerBytes = 24;
    private const int MaxClasses = 1 << 20;

    public static ReadOnlySpan<byte> Magic => "EVGOLD1\n"u8;

    public static void Check(GoldenSet set, string name)
    {
        Require(set.Kind is GoldenKind.Boxes or GoldenKind.Classes, name, "kind", $"{(int)set.Kind} is not known; 1 is boxes, 2 is classes");
        Require(set.Frames.Count is > 0 and <= GoldenSet.MaxFrames, name, "frames", $"{set.Frames.Count} frames; a golden set has 1 to {GoldenSet.MaxFrames}");
        for (var i = 0; i < set.Frames.Count; i++)
        {
            Check(set.Frames[i], set.Kind, name, $"frames[{i}]");
        }
    }

    private static void Check(GoldenFrame frame, GoldenKind kind, string name, string path)
    {
        Require(IsName(frame.Name), name, $"{path}.name", $"'{PrintableText.Of(frame.Name)}' is not a name; use 1 to 64 of a-z 0-9 . _ -");
        Require(frame.Picture.Length <= GoldenSet.MaxPictureBytes, name, $"{path}.picture", $"{frame.Picture.Length} bytes; a picture has at most {GoldenSet.MaxPictureBytes}");
        Require(IsPicture(frame.Picture.Span), name, $"{path}.picture", "is neither PNG nor JPEG; convert it");
        Require(frame.Answers.Count <= GoldenSet.MaxAnswers, name, $"{path}.answers", $"{frame.Answers.Count} answers; a frame has at most {GoldenSet.MaxAnswers}");
        Require(kind == GoldenKind.Boxes || frame.Answers.Count > 0, name, $"{path}.answers", "is empty; a classifier always answers");
        for (var i = 0; i < frame.Answers.Count; i++)
        {
            Require(IsAnswer(frame.Answers[i]), name, $"{path}.answers[{i}]", "has a class, confidence or corner out of range; build the golden set anew");
        }
    }

    private static bool IsPicture(ReadOnlySpan<byte> picture) =>
        picture.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) || picture.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    private static bool IsAnswer(GoldenAnswer answer) => answer is { ClassId: >= 0 and < MaxClasses, Confidence: >= 0 and <= 1 }
        && answer.X1 <= answer.X2 && answer.Y1 <= answer.Y2 && float.IsFinite(answer.X1) && float.IsFinite(answer.X2) && float.IsFinite(answer.Y1) && float.IsFinite(answer.Y2);
}
