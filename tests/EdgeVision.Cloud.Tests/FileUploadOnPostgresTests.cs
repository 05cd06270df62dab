namespace EdgeVision.Cloud.Tests;

public sealed class FileUploadOnPostgresTests(PostgresHub shared) : FileUploadTests(shared), IClassFixture<PostgresHub>;
