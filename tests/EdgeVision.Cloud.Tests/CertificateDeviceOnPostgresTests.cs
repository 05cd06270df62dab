namespace EdgeVision.Cloud.Tests;

public sealed class CertificateDeviceOnPostgresTests(PostgresHub shared) : CertificateDeviceTests(shared), IClassFixture<PostgresHub>;
