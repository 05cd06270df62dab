namespace EdgeVision.Cloud.Tests;

public sealed class ModuleOnPostgresTests(PostgresHub shared) : ModuleTests(shared), IClassFixture<PostgresHub>;
