namespace EdgeVision.Cloud.Mqtt;

/// <summary>Why a method was not answered.</summary>
internal enum MethodFailure
{
    None,

    /// <summary>Not connected, or not listening to methods.</summary>
    NotOnline,

    /// <summary>Connected, but no answer in time.</summary>
    NoReply,

    /// <summary>The answer is no JSON.</summary>
    BadReply,
}
