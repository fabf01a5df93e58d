using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace EndToEnd.Tests.Processes;

/// <summary>What VCAS has on its own disk: the receiver's store, read beside the running receiver.</summary>
internal static class VcasBook
{
    /// <summary>The households that VCAS knows of.</summary>
    public static IReadOnlyDictionary<Guid, VcasEntry> Read(string folder)
    {
        var entries = new Dictionary<Guid, VcasEntry>();
        var file = Path.Combine(folder, "vcas.db");
        if (!File.Exists(file)) return entries;
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'referrals'";
        // A receiver that has only just started has made its file, and no table yet.
        if (command.ExecuteScalar() is 0L) return entries;
        command.CommandText = "SELECT referral_id, version, data, withdrawn_for FROM referrals";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            JsonElement? data = reader.IsDBNull(2) ? null : JsonDocument.Parse(reader.GetString(2)).RootElement;
            entries.Add(
                Guid.Parse(reader.GetString(0)), new VcasEntry(reader.GetInt32(1), data, reader.IsDBNull(3) ? null : reader.GetString(3)));
        }

        return entries;
    }
}

/// <summary>One referral at VCAS.</summary>
/// <param name="Version">The newest that it has; 0 where it only knows of a withdrawal.</param>
/// <param name="Data">What it was told of the household; null where nothing.</param>
/// <param name="WithdrawnFor">Why it was taken back; null where it wasn't.</param>
internal sealed record VcasEntry(int Version, JsonElement? Data, string? WithdrawnFor);
