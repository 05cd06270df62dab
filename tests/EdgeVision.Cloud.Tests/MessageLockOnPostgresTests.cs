namespace EdgeVision.Cloud.Tests;

public sealed class MessageLockOnPostgresTests : MessageLockTests
{
    private protected override string? Database() => Postgres.Shared.CreateDatabase();
}
