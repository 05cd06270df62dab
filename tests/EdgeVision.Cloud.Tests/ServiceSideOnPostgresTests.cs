namespace EdgeVision.Cloud.Tests;

public sealed class ServiceSideOnPostgresTests(PostgresHub shared) : ServiceSideTests(shared), IClassFixture<PostgresHub>;
