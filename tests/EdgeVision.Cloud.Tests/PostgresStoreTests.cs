namespace EdgeVision.Cloud.Tests;

public sealed class PostgresStoreTests() : StoreTests(Postgres.Shared.CreateDatabase());
