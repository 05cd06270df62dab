namespace EdgeVision.Agent;

/// <summary>A list of words that compares by its words, so that a section that was read twice is the same.</summary>
internal sealed record WordList(IReadOnlyList<string> Words)
{
    public bool Equals(WordList? other) => other is not null && Words.SequenceEqual(other.Words);

    public override int GetHashCode() => Words.Count;
}
