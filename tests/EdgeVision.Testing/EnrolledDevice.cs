namespace EdgeVision.Testing;

/// <summary>What a device is given when it is enrolled.</summary>
/// <param name="RootFile">The repository's root of trust.</param>
public sealed record EnrolledDevice(string ConnectionStringFile, string CaFile, string? RootFile)
{
    public void Deconstruct(out string connectionStringFile, out string caFile) => (connectionStringFile, caFile) = (ConnectionStringFile, CaFile);
}
