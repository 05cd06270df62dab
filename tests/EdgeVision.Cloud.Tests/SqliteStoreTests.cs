namespace EdgeVision.Cloud.Tests;

public sealed class SqliteStoreTests() : StoreTests("sqlite");
