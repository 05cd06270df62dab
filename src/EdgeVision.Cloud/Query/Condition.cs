using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Query;

/// <summary>What a twin has to fulfil. What compares with a property that is not there does not hold, whatever the comparison.</summary>
internal abstract record Condition
{
    public static readonly Condition Always = new Constant(Value: true);

    public abstract bool Holds(JsonObject twin);

    private sealed record Constant(bool Value) : Condition
    {
        public override bool Holds(JsonObject twin) => Value;
    }

    public sealed record And(Condition Left, Condition Right) : Condition
    {
        public override bool Holds(JsonObject twin) => Left.Holds(twin) && Right.Holds(twin);
    }

    public sealed record Or(Condition Left, Condition Right) : Condition
    {
        public override bool Holds(JsonObject twin) => Left.Holds(twin) || Right.Holds(twin);
    }

    public sealed record Not(Condition Inner) : Condition
    {
        public override bool Holds(JsonObject twin) => !Inner.Holds(twin);
    }

    public sealed record Compares(Operand Left, string Sign, Operand Right) : Condition
    {
        public override bool Holds(JsonObject twin) => Left.TryRead(twin, out var left) && Right.TryRead(twin, out var right) && Values.Compare(left, Sign, right);
    }

    public sealed record IsIn(Operand Left, IReadOnlyList<Operand> List) : Condition
    {
        public override bool Holds(JsonObject twin) => Left.TryRead(twin, out var left) && List.Any(item => item.TryRead(twin, out var value) && Values.Compare(left, "=", value));
    }

    public sealed record IsDefined(Operand Property) : Condition
    {
        public override bool Holds(JsonObject twin) => Property.TryRead(twin, out _);
    }

    public sealed record StartsWith(Operand Whole, Operand Beginning) : Condition
    {
        public override bool Holds(JsonObject twin) => Whole.TryRead(twin, out var whole) && Beginning.TryRead(twin, out var beginning)
            && Values.TextOf(whole) is { } text && Values.TextOf(beginning) is { } start && text.StartsWith(start, StringComparison.Ordinal);
    }
}
