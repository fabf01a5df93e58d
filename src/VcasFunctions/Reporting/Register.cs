using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Reporting;
using VcasFunctions.Tables;

namespace VcasFunctions.Reporting;

/// <summary>What every figure is counted from: a row a household, a partition a month (London), nothing about a person.</summary>
public sealed class Register(VcasTables tables)
{
    private const int LargestBatch = 100;

    /// <summary>Writes a household's row.</summary>
    public Task PutAsync(HouseholdRecord record, CancellationToken cancellation) =>
        tables.Register.UpsertEntityAsync(EntityOf(record), TableUpdateMode.Replace, cancellation);

    /// <summary>Writes a household's first row, unless somebody has written one already, who then knew more.</summary>
    public async Task TryAddAsync(HouseholdRecord record, CancellationToken cancellation)
    {
        try
        {
            await tables.Register.AddEntityAsync(EntityOf(record), cancellation);
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            // It stands there.
        }
    }

    /// <summary>Writes many rows, a hundred of a month at a time.</summary>
    public async Task PutAsync(IEnumerable<HouseholdRecord> records, CancellationToken cancellation)
    {
        foreach (var month in records.GroupBy(record => record.Month))
        {
            foreach (var batch in month.Chunk(LargestBatch))
            {
                await tables.Register.SubmitTransactionAsync(
                    batch.Select(record => new TableTransactionAction(TableTransactionActionType.UpsertReplace, EntityOf(record))), cancellation);
            }
        }
    }

    /// <summary>The row of one household, or null.</summary>
    public async Task<HouseholdRecord?> FindAsync(HouseholdRecord like, CancellationToken cancellation)
    {
        var found = await tables.Register.GetEntityIfExistsAsync<TableEntity>(like.Month, RowOf(like.Id), cancellationToken: cancellation);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>The households offered from one date to another, both in London and both included.</summary>
    public async IAsyncEnumerable<HouseholdRecord> BetweenAsync(
        DateOnly from, DateOnly to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = CallBackCalendar.StartOf(from);
        var end = to == DateOnly.MaxValue ? DateTimeOffset.MaxValue : CallBackCalendar.StartOf(to.AddDays(1));
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from.ToString("yyyy-MM")} and PartitionKey le {to.ToString("yyyy-MM")}");
        await foreach (var entity in tables.Register.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var record = Read(entity);
            if (record.OfferedAt >= start && record.OfferedAt < end) yield return record;
        }
    }

    private static TableEntity EntityOf(HouseholdRecord record) => new(record.Month, RowOf(record.Id))
    {
        ["Record"] = JsonSerializer.Serialize(record, Json.Stored),
    };

    private static string RowOf(Guid id) => id.ToString("D");

    private static HouseholdRecord Read(TableEntity entity) => JsonSerializer.Deserialize<HouseholdRecord>(entity.GetString("Record"), Json.Stored)!;
}
