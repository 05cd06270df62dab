namespace EdgeVision.Cloud.Tests;

public sealed class TwinOnPostgresTests(PostgresHub shared) : TwinTests(shared), IClassFixture<PostgresHub>;
