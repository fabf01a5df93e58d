using System.Globalization;
using System.Text.Json;
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

/// <summary>The entries of some days, day by day, read as they are written out: a year needs no more memory than a day.</summary>
public sealed class AuditExport(VcasTables tables, AuditDayIndex days)
{
    /// <summary>The entries that match the filter.</summary>
    public async IAsyncEnumerable<AuditLine> LinesAsync(
        DateOnly from,
        DateOnly to,
        Guid? offerId,
        string? actor,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (offerId is { } one)
        {
            foreach (var row in InOrder(await RowsOfAsync(one, from, to, cancellation), actor)) yield return row;
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

            foreach (var row in InOrder(rows, actor)) yield return row;
        }
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

    private static IEnumerable<AuditLine> InOrder(IEnumerable<AuditRow> rows, string? actor) => rows
        .Where(row => actor is null || row.By == actor || row.ById == actor)
        .OrderBy(row => row.At)
        .Select(row => new AuditLine(
            row.At, row.Kind, row.What, row.By, row.ById, row.Why, row.To, Guid.TryParseExact(row.Partition, "D", out var id)
                ? id
                : null, $"{row.Prefix}{row.Number}", row.Data));

    private static string KindOf(AuditLine line) => line.Kind is { } kind ? Word.Of(kind) : "unreadable";
}
