namespace EdgeVision.Cloud.Tests;

public sealed class ProvisioningOnPostgresTests(PostgresHub shared) : ProvisioningTests(shared), IClassFixture<PostgresHub>;
