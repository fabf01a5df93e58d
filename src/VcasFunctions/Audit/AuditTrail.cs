using Azure.Data.Tables;
using VcasFunctions.Tables;

namespace VcasFunctions.Audit;

/// <summary>A household's entries as they are in its partition, oldest first, with where its own row says that the trail ends.</summary>
/// <param name="Events">Changes.</param>
/// <param name="Reads">Consultations.</param>
/// <param name="Revision">How many changes the household's row has seen; null if there is no such row.</param>
/// <param name="Head">The hash of the last of them, by that row.</param>
internal sealed record AuditTrail(IReadOnlyList<AuditRow> Events, IReadOnlyList<AuditRow> Reads, int? Revision, string? Head)
{
    /// <summary>Reads it: one query of one partition.</summary>
    public static async Task<AuditTrail> ReadAsync(VcasTables tables, Guid offerId, CancellationToken cancellation)
    {
        var (events, reads) = (new List<AuditRow>(), new List<AuditRow>());
        (int?, string?) end = (null, null);
        var partition = offerId.ToString("D");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var entity in tables.Offers.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (AuditRow.IsOne(entity, AuditRow.Events)) events.Add(AuditRow.Read(entity));
            else if (AuditRow.IsOne(entity, AuditRow.Reads)) reads.Add(AuditRow.Read(entity));
            else end = (entity.GetInt32("Revision"), entity.GetString("Chain"));
        }

        reads.Reverse();
        return new AuditTrail(events, reads, end.Item1, end.Item2);
    }

    /// <summary>How far the chains had come when a day (UTC) was over.</summary>
    public AuditDayRow AtEndOf(DateOnly day, AuditDayRow row)
    {
        var (happened, seen) = (LastUntil(Events, day), LastUntil(Reads, day));
        return row with
        {
            Events = happened?.Number ?? 0,
            EventsHash = happened?.Hash ?? "",
            Reads = seen?.Number ?? 0,
            ReadsHash = seen?.Hash ?? "",
        };
    }

    private static AuditRow? LastUntil(IReadOnlyList<AuditRow> rows, DateOnly day) =>
        rows.LastOrDefault(row => AuditDayIndex.DayOf(row.At) <= day);
}
