namespace EdgeVision.Update.Tests;

/// <summary>What goes wrong in a state.</summary>
internal enum Fault
{
    /// <summary>The process is gone, the page cache is kept.</summary>
    Kill,

    /// <summary>The room above, the disk or the network throws.</summary>
    Throw,

    /// <summary>No answer, and no ear for a cancellation.</summary>
    Hang,

    /// <summary>What was not synced is gone.</summary>
    PowerCut,
}
