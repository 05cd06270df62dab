namespace EdgeVision.Update;

/// <summary>Why a deployment failed. The numbers are stable: fleets count them. 1xx trust, 2xx transfer, 3xx fit, 4xx model, 5xx run, 6xx control.</summary>
public enum UpdateCode
{
    None = 0,

    /// <summary>The manifest is another model's than the deployment says.</summary>
    MixMatch = 105,

    HashMismatch = 201,
    SizeMismatch = 202,
    TooSlow = 203,

    /// <summary>The server refused, redirected, encoded, or could not be reached.</summary>
    Http = 204,

    DiskFull = 205,

    /// <summary>The server's certificate is not trusted: wrong host, expired, another authority.</summary>
    Tls = 206,

    /// <summary>The disk refused to read or write.</summary>
    Storage = 207,

    Architecture = 301,

    /// <summary>A newer daemon or another execution provider is needed.</summary>
    Runtime = 302,

    Memory = 303,

    /// <summary>The manifest or the model's inputs and outputs are not understood.</summary>
    Schema = 304,

    Parse = 401,
    ExternalData = 402,
    Load = 403,
    Golden = 404,
    Latency = 405,
    Shadow = 406,
    CrashLoop = 501,
    Watchdog = 502,
    Drift = 503,
    NotANumber = 504,
    OutOfMemory = 505,
    Cancelled = 601,
    Window = 602,
    Hold = 603,
    LoopBreaker = 604,
}
