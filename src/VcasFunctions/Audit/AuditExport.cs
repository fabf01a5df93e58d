using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using CsvHelper;
using CsvHelper.Configuration;
using Vcas.Domain;
using Vcas.Domain.Audit;
using VcasFunctions.Http;
using VcasFunctions.Tables;

namespace VcasFunctions.Audit;

/// <summary>How the audit is handed out.</summary>
public enum AuditFormat
{
    /// <summary>CSV, RFC 4180.</summary>
    Csv,

    /// <summary>One JSON object on each line.</summary>
    Ndjson,
}

/// <summary>One entry as it is handed out.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">What was done, in the words of the Act.</param>
/// <param name="What">The event, or what somebody read.</param>
/// <param name="By">The role.</param>
/// <param name="ById">The directory id; absent for the system.</param>
/// <param name="Why">The reason given, or for a disclosure its lawful basis.</param>
/// <param name="To">Who received it, for a disclosure.</param>
/// <param name="OfferId">The household; absent for a list.</param>
/// <param name="Entry">The entry of its chain.</param>
/// <param name="Data">Ids, instants and codes.</param>
public sealed record AuditLine(
    DateTimeOffset At,
    AuditKind? Kind,
    string What,
    string By,
    string? ById,
    string? Why,
    string? To,
    Guid? OfferId,
    string Entry,
    string Data);

/// <summary>Which entries are handed out; all, where nothing stands in it.</summary>
/// <param name="OfferIds">Only of these households.</param>
/// <param name="Actor">Only of this person (a directory id) or role.</param>
/// <param name="Kind">Only what was done in this way.</param>
public sealed record AuditFilter(IReadOnlyCollection<Guid>? OfferIds = null, string? Actor = null, AuditKind? Kind = null)
{
    internal bool Lets(AuditRow row) =>
        (Actor is null || row.By == Actor || row.ById == Actor) && (Kind is null || row.Kind == Kind);
}

/// <summary>The entries of some days, day by day, read as they are written out: a year needs no more memory than a day.</summary>
public sealed class AuditExport(VcasTables tables, AuditDayIndex days)
{
    /// <summary>The entries that match the filter.</summary>
    public async IAsyncEnumerable<AuditLine> LinesAsync(
        DateOnly from,
        DateOnly to,
        AuditFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (filter.OfferIds is { } households)
        {
            var theirs = new List<AuditRow>();
            foreach (var one in households) theirs.AddRange(await RowsOfAsync(one, from, to, cancellation));
            foreach (var row in InOrder(theirs, filter)) yield return row;
            yield break;
        }

        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var rows = new List<AuditRow>();
            await foreach (var touched in days.BetweenAsync(day, day, cancellation))
                rows.AddRange(await RowsOfAsync(touched.OfferId, day, day, cancellation));
            foreach (var partition in ReadLog.PartitionsOf(day))
            {
                await foreach (var entity in AuditChain.Rows(tables.Audit, partition, AuditRow.Reads, pageSize: null, cancellation))
                    rows.Add(AuditRow.Read(entity));
            }

            foreach (var row in InOrder(rows, filter)) yield return row;
        }
    }

    /// <summary>The households of a short reference: one, unless two ids begin alike.</summary>
    /// <param name="digits">Its six digits, lower case.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task<IReadOnlyCollection<Guid>> HouseholdsOfAsync(string digits, CancellationToken cancellation)
    {
        var found = new List<Guid>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {digits} and PartitionKey lt {digits + "~"} and RowKey eq {VcasTables.OfferRow}");
        await foreach (var row in tables.Offers.QueryAsync<TableEntity>(filter, select: ["PartitionKey"], cancellationToken: cancellation))
            found.Add(Guid.Parse(row.PartitionKey));
        return found;
    }

    /// <summary>Writes the entries in the format that was asked for.</summary>
    public static async Task WriteAsync(IAsyncEnumerable<AuditLine> lines, AuditFormat format, Stream to, CancellationToken cancellation)
    {
        await using var text = new StreamWriter(to, new System.Text.UTF8Encoding(false), leaveOpen: true);
        if (format == AuditFormat.Ndjson)
        {
            await foreach (var line in lines)
                await text.WriteAsync($"{JsonSerializer.Serialize(line, Json.Api)}\n".AsMemory(), cancellation);
            return;
        }

        await using var csv = new CsvWriter(
            text,
            new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.Escape },
            leaveOpen: true);
        foreach (var name in new[] { "at", "kind", "what", "by", "byId", "why", "to", "offerId", "entry", "data" }) csv.WriteField(name);
        await csv.NextRecordAsync();
        await foreach (var line in lines)
        {
            cancellation.ThrowIfCancellationRequested();
            csv.WriteField(line.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            foreach (var field in new[]
            {
                KindOf(line), line.What, line.By, line.ById, line.Why, line.To, line.OfferId?.ToString("D"), line.Entry, line.Data,
            })
                csv.WriteField(field);
            await csv.NextRecordAsync();
        }
    }

    private async Task<IEnumerable<AuditRow>> RowsOfAsync(Guid offerId, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var trail = await AuditTrail.ReadAsync(tables, offerId, cancellation);
        return trail.Events.Concat(trail.Reads).Where(row => AuditDayIndex.DayOf(row.At) is var day && day >= from && day <= to);
    }

    private static IEnumerable<AuditLine> InOrder(IEnumerable<AuditRow> rows, AuditFilter filter) => rows
        .Where(filter.Lets)
        .OrderBy(row => row.At)
        .Select(row => new AuditLine(
            row.At, row.Kind, row.What, row.By, row.ById, row.Why, row.To, Guid.TryParseExact(row.Partition, "D", out var id)
                ? id
                : null, $"{row.Prefix}{row.Number}", row.Data));

    private static string KindOf(AuditLine line) => line.Kind is { } kind ? Word.Of(kind) : "unreadable";
}
