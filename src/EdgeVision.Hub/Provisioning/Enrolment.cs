using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>Which hub this device belongs to: the one of its connection string, or the one that the provisioning service assigned.</summary>
/// <remarks>
/// The service is asked only where no assignment is known, after ten attempts in a row that did not reach the hub, and when the hub refused the device; while it gives no
/// answer the assignment of before stays in use. Not thread-safe, but <see cref="DeviceId"/> is.
/// </remarks>
internal sealed partial class Enrolment
{
    private const int EnoughFailures = 10;
    private readonly HubOptions _options;
    private readonly HubAccess _access;
    private readonly AssignmentFile? _file;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile HubConnectionString? _hub;
    private int _failures;
    private bool _refused;

    public Enrolment(HubOptions options, HubAccess access, TimeProvider time, ILogger logger)
    {
        (_options, _access, _time, _logger) = (options, access, time, logger);
        _file = options.Provisioning is { } provisioning ? new AssignmentFile(provisioning) : null;
        _hub = options.ConnectionString ?? (_file?.Read() is { } assignment ? HubOf(assignment) : null);
    }

    /// <summary>Null until the service has assigned one.</summary>
    public HubConnectionString? Hub => _hub;

    /// <summary>At the hub; the registration id until a hub is known.</summary>
    public string DeviceId => _hub?.DeviceId ?? _options.Provisioning!.RegistrationId;

    /// <summary>Whether to ask the service before the next attempt.</summary>
    public bool IsDue => _file is not null && (_hub is null || _refused || _failures >= EnoughFailures);

    /// <summary>An attempt at the hub ended; None when it was accepted.</summary>
    public void Ended(HubFailure failure)
    {
        _failures = failure == HubFailure.None ? 0 : _failures + 1;
        _refused = failure == HubFailure.Unauthorized;
    }

    /// <returns>None when a hub is known, be it from before; otherwise why not, and what to do.</returns>
    public async Task<(HubFailure Failure, string Detail)> AskAsync(HubTransport transport, DeviceCertificate? device, CancellationToken cancellationToken)
    {
        (_failures, _refused) = (0, false);
        var provisioning = _options.Provisioning!;
        var client = new ProvisioningClient(provisioning, _options.ProductInfo, _time);
        var result = await client.RegisterAsync(_access.RouteTo(provisioning.Endpoint, transport, device), cancellationToken).ConfigureAwait(false);
        if (result.Assignment is { } assignment)
        {
            Take(assignment);
            return (HubFailure.None, "");
        }

        Log.NotAssigned(_logger, result.Detail, _hub?.HostName ?? "none");
        return _hub is not null && !result.IsFinal ? (HubFailure.None, "") : (result.IsFinal ? HubFailure.NotProvisioned : HubFailure.TimedOut, result.Detail);
    }

    private HubConnectionString HubOf(HubAssignment assignment)
    {
        var provisioning = _options.Provisioning!;
        return HubConnectionString.Of(HubEndpoint.TryParse(assignment.Hub, provisioning.Endpoint.HttpsPort)!, assignment.DeviceId, provisioning.Key ?? "");
    }

    private void Take(HubAssignment assignment)
    {
        _hub = HubOf(assignment);
        Log.Assigned(_logger, assignment.Hub, assignment.DeviceId);
        try
        {
            _file!.Write(assignment);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(_logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3030, LogLevel.Information, "provisioning: assigned to hub {Hub} as {Device}")]
        public static partial void Assigned(ILogger logger, string hub, string device);

        [LoggerMessage(3031, LogLevel.Warning, "{Detail}; hub from before: {Hub}")]
        public static partial void NotAssigned(ILogger logger, string detail, string hub);

        [LoggerMessage(3032, LogLevel.Warning, "provisioning: the assignment could not be kept and will be asked for again at the next start: {Reason}")]
        public static partial void NotKept(ILogger logger, string reason);
    }
}
