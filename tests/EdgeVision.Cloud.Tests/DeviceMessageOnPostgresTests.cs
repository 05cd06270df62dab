namespace EdgeVision.Cloud.Tests;

public sealed class DeviceMessageOnPostgresTests(PostgresHub shared) : DeviceMessageTests(shared), IClassFixture<PostgresHub>;
