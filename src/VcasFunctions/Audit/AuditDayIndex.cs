using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using VcasFunctions.Tables;

namespace VcasFunctions.Audit;

/// <summary>
/// Which households were touched on which day (UTC): what makes an export of the audit, a verification and the nightly erasure
/// read the days asked for and nothing else. It is written before the entry that it leads to; one that leads nowhere does no harm.
/// </summary>
public sealed class AuditDayIndex(VcasTables tables)
{
    private const string Prefix = "touched";

    // What this process has written today need not be written again.
    private (DateOnly Day, ConcurrentDictionary<Guid, byte> Offers) known = (default, []);

    /// <summary>Notes that a household is about to be touched.</summary>
    public async Task AddAsync(Guid offerId, DateTimeOffset at, CancellationToken cancellation)
    {
        var day = DayOf(at);
        var today = known;
        if (today.Day != day) known = today = (day, []);
        if (today.Offers.ContainsKey(offerId)) return;
        try
        {
            await tables.Audit.AddEntityAsync(new TableEntity(PartitionOf(day, offerId), offerId.ToString("D")), cancellation);
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            // Noted before.
        }

        today.Offers.TryAdd(offerId, 0);
    }

    /// <summary>Whether a row of the audit's table says that a household was touched on a day.</summary>
    internal static bool IsOne(TableEntity row) => row.PartitionKey.StartsWith(Prefix + "|", StringComparison.Ordinal);

    /// <summary>The day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>The rows of some days, both included, in the order of the days.</summary>
    internal async IAsyncEnumerable<AuditDayRow> BetweenAsync(
        DateOnly from, DateOnly to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {$"{Prefix}|{Text(from)}"} and PartitionKey lt {$"{Prefix}|{Text(to)}~"}");
        await foreach (var entity in tables.Audit.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return AuditDayRow.Read(entity);
    }

    /// <summary>The first day on which any household was touched; null before there is one.</summary>
    internal async Task<DateOnly?> FirstAsync(CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {Prefix} and PartitionKey lt {Prefix + "~"}");
        await foreach (var entity in tables.Audit.QueryAsync<TableEntity>(filter, maxPerPage: 1, cancellationToken: cancellation))
            return AuditDayRow.Read(entity).Day;
        return null;
    }

    /// <summary>A day as it is in keys.</summary>
    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day that is in a key.</summary>
    internal static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day of whose partitions this is one.</summary>
    internal static DateOnly DayOf(string partition) => Day(partition.Split('|')[1]);

    // Sixteen partitions a day, so that a busy day overloads none of them.
    private static string PartitionOf(DateOnly day, Guid offerId) => $"{Prefix}|{Text(day)}|{offerId.ToString("N")[0]}";
}

/// <summary>A household on a day, with how far its chains had come at the day's end once that is anchored.</summary>
internal sealed record AuditDayRow(string Partition, Guid OfferId, DateOnly Day)
{
    public int? Events { get; init; }

    public string EventsHash { get; init; } = "";

    public int? Reads { get; init; }

    public string ReadsHash { get; init; } = "";

    /// <summary>All that the day's anchor covers of it.</summary>
    public string Line => $"{OfferId:D}|{Events}|{EventsHash}|{Reads}|{ReadsHash}";

    public static AuditDayRow Read(TableEntity entity) => new(
        entity.PartitionKey,
        Guid.Parse(entity.RowKey),
        AuditDayIndex.DayOf(entity.PartitionKey))
    {
        Events = entity.GetInt32("Events"),
        EventsHash = entity.GetString("EventsHash") ?? "",
        Reads = entity.GetInt32("Reads"),
        ReadsHash = entity.GetString("ReadsHash") ?? "",
    };

    public TableEntity ToEntity() => new(Partition, OfferId.ToString("D"))
    {
        ["Events"] = Events,
        ["EventsHash"] = EventsHash,
        ["Reads"] = Reads,
        ["ReadsHash"] = ReadsHash,
    };
}
