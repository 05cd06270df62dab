using System.Text;

namespace EdgeVision.Packaging;

/// <summary>One walk through one file: a stack of the messages it is in, and the next byte.</summary>
internal ref struct OnnxWalk
{
    private const int VersionOfModel = 1, GraphOfModel = 7, TrainingOfModel = 20;

    private readonly ReadOnlySpan<byte> _file;
    private readonly OnnxLimits _limits;
    private readonly Span<OnnxLevel> _levels;
    private readonly OnnxDomains _domains;
    private OnnxPrecision _precision;
    private long _tensorBytes;
    private int _position;
    private int _depth;
    private int _graphs;
    private int _fields;

    public OnnxWalk(ReadOnlySpan<byte> file, OnnxLimits limits, Span<OnnxLevel> levels, Span<Range> domains)
    {
        _file = file;
        _limits = limits;
        _levels = levels;
        _domains = new OnnxDomains(file, domains);
        _levels[0] = new OnnxLevel { Message = OnnxMessage.Model, End = file.Length };
    }

    public OnnxVerdict Run()
    {
        while (true)
        {
            var isAtEnd = _position == _levels[_depth].End;
            var fault = isAtEnd ? Leave(ref _levels[_depth]) : Next(ref _levels[_depth]);
            if (!fault.IsNone)
            {
                return new OnnxVerdict(fault.Problem, OnnxPlace.Of(_file, _levels[..(_depth + 1)]), fault.Reason, "");
            }

            if (isAtEnd && _depth-- == 0)
            {
                return new OnnxVerdict(OnnxProblem.None, "", "", _precision.Name());
            }
        }
    }

    private OnnxFault Next(ref OnnxLevel level)
    {
        var tag = _position;
        if (!OnnxField.TryRead(_file, ref _position, level.End, out var field))
        {
            return NotParsed(tag);
        }

        if (++_fields > OnnxWalker.MaxFields)
        {
            return new OnnxFault(OnnxProblem.Parse, $"has more than {OnnxWalker.MaxFields} fields, more than any network. Export the network again.");
        }

        var part = field.IsBytes ? OnnxSchema.Find(level.Message, field.Number) : default;
        return part.Message == OnnxMessage.None ? Take(ref level, field) : Enter(ref level, part, field, tag);
    }

    private readonly OnnxFault NotParsed(int position) => new(
        OnnxProblem.Parse,
        $"is {(_depth == 0 ? "not an ONNX network, or it is cut short" : "cut short, or no part of an ONNX network")}: byte {position} of {_file.Length} does not parse. "
        + "Export the network again, or copy it again in binary form.");

    private OnnxFault Enter(ref OnnxLevel level, OnnxPart part, OnnxField field, int tag)
    {
        if (!part.IsRepeated && level.Has(field.Number))
        {
            return new OnnxFault(OnnxProblem.Parse, $"has {part.Name} twice, and readers differ in what that means. Export the network again.");
        }

        if (_depth + 1 == _levels.Length || (part.Message == OnnxMessage.Graph && _graphs == _limits.MaxGraphDepth))
        {
            return new OnnxFault(OnnxProblem.Parse, $"is nested deeper than {_limits.MaxGraphDepth} graphs, or {_levels.Length} messages. Export the network without unrolled branches.");
        }

        level.Seen |= 1UL << field.Number;
        _graphs += part.Message == OnnxMessage.Graph ? 1 : 0;
        _position = field.Start;
        _levels[++_depth] = new OnnxLevel { Message = part.Message, Field = field.Number, Tag = tag, Start = field.Start, End = field.End };
        return default;
    }

    private readonly OnnxFault Take(ref OnnxLevel level, OnnxField field) => level.Message switch
    {
        OnnxMessage.Model => TakeOfModel(ref level, field),
        OnnxMessage.OperatorSet => TakeOfOperatorSet(ref level, field),
        OnnxMessage.Node => field is { Number: 7, IsBytes: true } ? JudgeNode(field) : default,
        OnnxMessage.Tensor => level.Tensor.Take(_file, field),
        OnnxMessage.SparseTensor => field.Number == 3 ? level.Tensor.TakeLengths(_file, field) : default,
        _ => default,
    };

    // Judged at the end, because a text that happens to parse up to here is no network rather than one of a wrong version.
    private static OnnxFault TakeOfModel(ref OnnxLevel level, OnnxField field)
    {
        level.Seen |= field.Number is VersionOfModel or TrainingOfModel ? 1UL << field.Number : 0;
        level.Version = field.Number == VersionOfModel ? (long)field.Value : level.Version;
        return default;
    }

    private static OnnxFault TakeOfOperatorSet(ref OnnxLevel level, OnnxField field)
    {
        switch (field.Number)
        {
            case 1 when field.IsBytes:
                level.Domain = field.Start..field.End;
                break;
            case 2:
                level.Version = (long)field.Value;
                break;
        }

        return default;
    }

    private readonly OnnxFault JudgeNode(OnnxField domain) => _domains.Contains(domain.Start..domain.End) ? default : new OnnxFault(
        OnnxProblem.Unsupported, $"is an operator of {NameOf(domain.Start..domain.End)}, which the network does not import. Export the network with operators of ONNX.");

    private OnnxFault Leave(ref OnnxLevel level)
    {
        switch (level.Message)
        {
            case OnnxMessage.Model:
                return LeaveModel(level);
            case OnnxMessage.OperatorSet:
                return LeaveOperatorSet(level);
            case OnnxMessage.Graph:
                _graphs--;
                return default;
            case OnnxMessage.Tensor:
                _precision.Count(level.Tensor.Type, level.Tensor.Values);
                return Add(level.Tensor.Judge(_limits.MaxTensorBytes, out var bytes), bytes);
            case OnnxMessage.SparseTensor:
                return Add(level.Tensor.JudgeDense(_limits.MaxTensorBytes, out var dense), dense);
            default:
                return default;
        }
    }

    private OnnxFault Add(OnnxFault fault, long bytes)
    {
        _tensorBytes += bytes;
        return !fault.IsNone || _tensorBytes <= _limits.MaxTensorBytes ? fault
            : new OnnxFault(OnnxProblem.Memory, $"is one tensor too many: together they need more than {_limits.MaxTensorBytes >> 20} MiB. Make the network smaller.");
    }

    private readonly OnnxFault LeaveModel(OnnxLevel level) =>
        !level.Has(GraphOfModel) || !level.Has(VersionOfModel) || _domains.Count == 0 ? new OnnxFault(
            OnnxProblem.Parse, "is not an ONNX network: it lacks a graph, an IR version or an operator set. Export the network again.")
        : level.Has(TrainingOfModel) ? new OnnxFault(
            OnnxProblem.Unsupported, "has a part for training (training_info), which a device does not need. Export the network for inference.")
        : level.Version < _limits.IrMin || level.Version > _limits.IrMax ? new OnnxFault(
            OnnxProblem.Unsupported, $"has IR version {level.Version}; {_limits.IrMin} to {_limits.IrMax} are allowed here. Export the network for one of these, or update the daemon.")
        : default;

    private readonly OnnxFault LeaveOperatorSet(OnnxLevel level)
    {
        if (_domains.Count > OnnxDomains.Most)
        {
            return new OnnxFault(OnnxProblem.Unsupported, $"is one of {_domains.Count} operator sets; at most {OnnxDomains.Most} are allowed. Export the network with operators of ONNX.");
        }

        var newest = OnnxDomains.NewestOf(_file[level.Domain], _limits);
        if (newest == 0)
        {
            return _domains.IsOfFunctions(level.Domain) ? default : new OnnxFault(
                OnnxProblem.Unsupported, $"imports operators of {NameOf(level.Domain)}, which are not allowed here. Export the network with operators of ONNX.");
        }

        return level.Version >= 1 && level.Version <= newest ? default : new OnnxFault(
            OnnxProblem.Unsupported, $"imports version {level.Version} of {NameOf(level.Domain)}; 1 to {newest} are allowed here. Export the network for one of these, or update the daemon.");
    }

    private readonly string NameOf(Range domain)
    {
        var text = Encoding.Latin1.GetString(_file[domain]);
        return text.Length == 0 ? "ai.onnx" : $"'{PrintableText.Of(text)}'";
    }
}
