using System.Data.Common;

namespace EdgeVision.Cloud.Storage;

/// <summary>Statements with their values beside them, never inside them; names begin with @, which every database here understands.</summary>
internal static class Sql
{
    /// <returns>How many rows changed.</returns>
    public static int Execute(this DbConnection connection, string statement, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Prepare(connection, statement, values);
        return command.ExecuteNonQuery();
    }

    public static List<T> Query<T>(this DbConnection connection, string statement, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Prepare(connection, statement, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static DbCommand Prepare(DbConnection connection, string statement, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // every caller passes a constant
        command.CommandText = statement;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
