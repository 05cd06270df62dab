namespace EdgeVision.Cloud.Tests;

/// <summary>The same over PostgreSQL.</summary>
public sealed class PostgresHub : SharedHub
{
    private protected override string? Database() => Postgres.Shared.CreateDatabase();
}
