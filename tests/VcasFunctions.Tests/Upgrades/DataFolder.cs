using System.Text;
using Microsoft.Data.Sqlite;

namespace VcasFunctions.Tests.Upgrades;

/// <summary>
/// A data folder as text that can be read and compared: the file of the tables and histories as SQL, what lies beside it as it is.
/// </summary>
internal static class DataFolder
{
    private const string File = "local.db";
    private const string Text = "local.sql";

    /// <summary>Writes a folder that nobody has open any more.</summary>
    public static void Write(string from, string to)
    {
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        Directory.CreateDirectory(to);
        foreach (var file in Others(from)) System.IO.File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        using var connection = Open(Path.Combine(from, File));
        var text = new StringBuilder();
        var tables = Ask(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
        foreach (var sql in Ask(
            connection, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name"))
            text.Append(sql).Append(";\n");
        foreach (var table in tables.Append("sqlite_sequence"))
        {
            var columns = string.Join(
                " || ', ' || ",
                Ask(connection, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid").Select(column => $"quote(\"{column}\")"));
            foreach (var row in Ask(connection, $"SELECT {columns} FROM \"{table}\" ORDER BY 1"))
                text.Append($"INSERT OR REPLACE INTO {table} VALUES ({row});\n");
        }

        System.IO.File.WriteAllText(Path.Combine(to, Text), text.ToString());
    }

    /// <summary>Makes a folder of what was written, as a store begins one.</summary>
    public static void Restore(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Others(from)) System.IO.File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        using var connection = Open(Path.Combine(to, File));
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; "
            + $"BEGIN; {System.IO.File.ReadAllText(Path.Combine(from, Text))} COMMIT;";
        command.ExecuteNonQuery();
    }

    private static IEnumerable<string> Others(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => !Path.GetFileName(file).StartsWith("local.", StringComparison.Ordinal));

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static List<string> Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read()) found.Add(reader.GetString(0));
        return found;
    }
}
