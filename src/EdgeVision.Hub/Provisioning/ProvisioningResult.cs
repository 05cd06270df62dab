namespace EdgeVision.Hub;

/// <summary>How a registration ended.</summary>
/// <param name="Assignment">Not null exactly when <paramref name="Failure"/> is None.</param>
/// <param name="Detail">What to do, for people.</param>
internal sealed record ProvisioningResult(ProvisioningFailure Failure, HubAssignment? Assignment, string Detail)
{
    /// <summary>Whether the service itself decided; otherwise what it decided before still holds.</summary>
    public bool IsFinal => Failure is not (ProvisioningFailure.Unreachable or ProvisioningFailure.Throttled or ProvisioningFailure.Unavailable);

    public static ProvisioningResult Of(ProvisioningFailure failure, ProvisioningOptions options, string said) =>
        new(failure, null, $"provisioning service {options.Endpoint}, {options.RegistrationId}: {Advice(failure)}{(said.Length > 0 ? $" ({said})" : "")}");

    private static string Advice(ProvisioningFailure failure) => failure switch
    {
        ProvisioningFailure.Unreachable => "no answer: check provisioning.endpoint and this network",
        ProvisioningFailure.Unauthorized => "refused: check id_scope and registration_id, that the key is the enrollment's or derived from its group's, or the certificate's name and CA, and this device's clock",
        ProvisioningFailure.NotFound => "has no such scope or enrollment: check id_scope and registration_id",
        ProvisioningFailure.Disabled => "the enrollment is disabled: enable it",
        ProvisioningFailure.Unassigned => "the enrollment leads to no hub: link one to it",
        ProvisioningFailure.Failed => "could not create the device at a hub",
        ProvisioningFailure.Throttled => "asked to wait: too many devices at once",
        ProvisioningFailure.Unavailable => "is out of order",
        _ => "did not understand",
    };
}
