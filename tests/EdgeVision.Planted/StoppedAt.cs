namespace EdgeVision.Planted;

/// <summary>Where a model is stopped on its way into service, in the order of the gates; the sooner, the cheaper.</summary>
public enum StoppedAt
{
    /// <summary>Nowhere: it is good.</summary>
    None,

    /// <summary>The network cannot be loaded, or dies while it runs.</summary>
    Load,

    /// <summary>The examining process has to be ended from outside: it does not come back.</summary>
    TimeLimit,

    /// <summary>Answers to the golden set differ from the expected ones.</summary>
    Golden,

    /// <summary>No number on a picture that any camera may give: black, white, noise.</summary>
    PlainPictures,

    /// <summary>Slower than its budget, or than the model in service by more than is allowed.</summary>
    Latency,

    /// <summary>More memory than its budget.</summary>
    Memory,

    /// <summary>Disagrees with the model in service on live frames: a person is asked.</summary>
    Shadow,

    /// <summary>Gets worse in service: the model before comes back.</summary>
    Probation,
}
