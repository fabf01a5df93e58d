using Microsoft.Data.Sqlite;

namespace VcasReceiver;

internal sealed partial class ReferralStore
{
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    /// <summary>
    /// Reads once through the file before anything is written to it: what is written on into a damaged file is lost with it.
    /// </summary>
    private static void MustBeWhole(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0) return;
        try
        {
            using var reader = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            reader.Open();
            using var look = reader.CreateCommand();
            look.CommandText = "PRAGMA quick_check(1)";
            if (look.ExecuteScalar() as string != "ok") throw Damaged(path);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is Corrupt or NoDatabase)
        {
            throw Damaged(path);
        }
    }

    private static InvalidDataException Damaged(string path) => new(
        $"The store (--store) '{path}' is damaged. Nothing was written to it. Put back a copy of it, or begin anew with another file.");
}
