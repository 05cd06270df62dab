using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary>Something the device does when asked. Can be called twice without harm.</summary>
/// <param name="Arguments">Their names; others are refused.</param>
internal sealed record DeviceMethod(string Name, IReadOnlyList<string> Arguments, Func<MethodArguments, CancellationToken, Task<MethodResult>> Run);
