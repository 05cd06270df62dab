using System.Text.Json;
using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>Results as JSON lines: one line for each frame, the same bytes for the same pictures.</summary>
/// <remarks>{"frame":0,"pts":0,"width":640,"height":352,"detections":[{"class":"car","classId":2,"confidence":0.91,"box":[x1,y1,x2,y2]}],"model":{...}}; "classes" for a classifier, "text" and "confidence" for a model that
/// reads, "segments" with the share of the picture of each class for one that segments, and beside "classes" for one that says where too.</remarks>
internal sealed class Answers(Stream output) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { SkipValidation = true });

    public void Write(long index, Frame frame, VisionModel model, VisionResult result)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("frame"u8, index);
        _json.WriteNumber("pts"u8, Math.Round(frame.Stamp.Pts.TotalSeconds, 6));
        _json.WriteNumber("width"u8, frame.Width);
        _json.WriteNumber("height"u8, frame.Height);
        WriteAnswer(model, result);
        _json.WriteStartObject("model"u8);
        _json.WriteString("name"u8, model.Identity.Name);
        _json.WriteString("version"u8, model.Identity.Version);
        _json.WriteString("digest"u8, model.Identity.Digest);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        output.WriteByte((byte)'\n');
    }

    public void Dispose() => _json.Dispose();

    private void WriteAnswer(VisionModel model, VisionResult result)
    {
        switch (model.Answers)
        {
            case AnswerKind.Classes:
                WriteClasses(model.Labels, result);
                if (result.ClassMap.Width > 0)
                {
                    WriteSegments(model.Labels, result.ClassMap);
                }

                break;
            case AnswerKind.Text:
                _json.WriteString("text"u8, result.Text.Letters);
                _json.WriteNumber("confidence"u8, Rounded(result.Text.Confidence, 4));
                break;
            case AnswerKind.Segments:
                WriteSegments(model.Labels, result.ClassMap);
                break;
            default:
                WriteDetections(model.Labels, result.Detections);
                break;
        }
    }

    private void WriteDetections(IReadOnlyList<string> labels, Detections detections)
    {
        _json.WriteStartArray("detections"u8);
        for (var i = 0; i < detections.Count; i++)
        {
            var box = detections.Boxes[i];
            _json.WriteStartObject();
            WriteClass(labels, detections.ClassIds[i], detections.Confidences[i]);
            _json.WriteStartArray("box"u8);
            _json.WriteNumberValue(Rounded(box.X1, 2));
            _json.WriteNumberValue(Rounded(box.Y1, 2));
            _json.WriteNumberValue(Rounded(box.X2, 2));
            _json.WriteNumberValue(Rounded(box.Y2, 2));
            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteClasses(IReadOnlyList<string> labels, VisionResult result)
    {
        _json.WriteStartArray("classes"u8);
        foreach (var score in result.Classes)
        {
            _json.WriteStartObject();
            WriteClass(labels, score.ClassId, score.Confidence);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteSegments(IReadOnlyList<string> labels, SegmentationMap map)
    {
        _json.WriteStartArray("segments"u8);
        for (var classId = 0; classId < labels.Count; classId++)
        {
            if (map.ShareOf(classId) is > 0 and var share)
            {
                _json.WriteStartObject();
                _json.WriteString("class"u8, labels[classId]);
                _json.WriteNumber("classId"u8, classId);
                _json.WriteNumber("share"u8, Rounded(share, 4));
                _json.WriteEndObject();
            }
        }

        _json.WriteEndArray();
    }

    private void WriteClass(IReadOnlyList<string> labels, int classId, float confidence)
    {
        _json.WriteString("class"u8, classId < labels.Count ? labels[classId] : "");
        _json.WriteNumber("classId"u8, classId);
        _json.WriteNumber("confidence"u8, Rounded(confidence, 4));
    }

    private static decimal Rounded(float value, int digits) => Math.Round((decimal)value, digits);
}
