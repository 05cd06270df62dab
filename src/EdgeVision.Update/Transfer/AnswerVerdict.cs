namespace EdgeVision.Update;

/// <summary>What an answer of the repository, or its end, means for the file being fetched.</summary>
internal enum AnswerVerdict
{
    /// <summary>The body goes on where the part ends.</summary>
    Append,

    /// <summary>The body is the file from its first byte: what is there is dropped.</summary>
    FromStart,

    /// <summary>The whole size is here.</summary>
    Complete,

    /// <summary>Ask again, the part stays.</summary>
    Retry,

    /// <summary>Ask again without the part, because it may belong to another file.</summary>
    Discard,

    /// <summary>Asking again would not help.</summary>
    Fail,
}
