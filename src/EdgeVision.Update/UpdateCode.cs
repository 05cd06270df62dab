namespace EdgeVision.Update;

/// <summary>Why a deployment failed. The numbers are stable: fleets count them. 1xx trust, 2xx transfer, 3xx fit, 4xx model, 5xx run, 6xx control.</summary>
public enum UpdateCode
{
    None = 0,

    /// <summary>Metadata is not signed by a trusted key, or there is no trust root to check it with.</summary>
    Signature = 101,

    /// <summary>Signed by trusted keys, but by too few of them.</summary>
    Threshold = 102,

    /// <summary>The metadata has expired, or the clock is wrong.</summary>
    Expired = 103,

    /// <summary>Older than what this device has seen or committed.</summary>
    RollbackAttack = 104,

    /// <summary>Two sources that must agree do not: hub and repository, or the repository's files among each other.</summary>
    MixMatch = 105,

    /// <summary>The signed policy of the repository has taken this model back.</summary>
    Revoked = 106,

    /// <summary>The repository has shown nothing new for longer than its metadata is valid.</summary>
    FreezeSuspected = 107,

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

    /// <summary>Trained for other cameras than this device has.</summary>
    Camera = 305,

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

    /// <summary>A person wanted the model before back.</summary>
    OperatorRollback = 605,
}
