using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure.Data.Tables;

namespace VcasFunctions.Tables;

/// <summary>
/// A stored row that can't be read: a word that no version of ours wrote, a time without its offset, a text cut short. Sending a request
/// again doesn't help; somebody has to look at this row. Names only the place.
/// </summary>
public sealed class DamagedRowException(string table, string partition, string row, Exception cause)
    : Exception($"{table} {partition} {row} can't be read", cause)
{
    /// <summary>Its place: table, partition and row.</summary>
    public string Place { get; } = $"{table} {partition} {row}";
}

/// <summary>Reads stored rows.</summary>
internal static class DamagedRow
{
    /// <summary>What <paramref name="read"/> makes of the row.</summary>
    /// <exception cref="DamagedRowException">It can't be read.</exception>
    public static T Named<T>(TableClient table, TableEntity entity, Func<TableEntity, T> read) => Named(table.Name, entity, read);

    /// <summary>What <paramref name="read"/> makes of the row.</summary>
    /// <exception cref="DamagedRowException">It can't be read.</exception>
    public static T Named<T>(string table, TableEntity entity, Func<TableEntity, T> read)
    {
        try
        {
            return read(entity);
        }
        catch (Exception failure) when (IsOfContents(failure))
        {
            throw new DamagedRowException(table, entity.PartitionKey, entity.RowKey, failure);
        }
    }

    /// <summary>
    /// What <paramref name="read"/> makes of one row of many. False if it can't be read, because one row must not hide the others.
    /// </summary>
    public static bool TryRead<T>(TableEntity entity, Func<TableEntity, T> read, [NotNullWhen(true)] out T? found)
        where T : class
    {
        try
        {
            found = read(entity);
            return true;
        }
        catch (Exception failure) when (IsOfContents(failure) || failure is SealBrokenException)
        {
            found = null;
            return false;
        }
    }

    /// <summary>A column's value; nothing if it is of another kind.</summary>
    public static T? Value<T>(this TableEntity entity, string column) =>
        entity.TryGetValue(column, out var value) && value is T known ? known : default;

    private static bool IsOfContents(Exception failure) =>
        failure is JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException
        or NotSupportedException;
}
