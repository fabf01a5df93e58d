using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vcas.Domain.Households;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Retention;

/// <summary>
/// Takes away the audit itself when its time is over, and with it the last row of a household that was erased long before. The
/// anchors stay: they hold counts and hashes. Days before the period can no longer be verified.
/// </summary>
public sealed class AuditExpiry(
    VcasTables tables,
    AuditDayIndex days,
    HouseholdStore store,
    DoNotCallRegister doNotCall,
    IOptionsMonitor<RetentionOptions> retention,
    VcasSettings settings,
    ILogger<AuditExpiry> log)
{
    private const int LargestBatch = 100;

    /// <summary>Takes away what is due. What was taken away is found no more, so a night that was cut short is made up.</summary>
    public async Task ExpireAsync(CancellationToken cancellation)
    {
        if (await days.FirstAsync(cancellation) is not { } first) return;
        var last = AuditDayIndex.DayOf(settings.Moment.Now).AddDays(-retention.CurrentValue.AuditDays);
        var households = 0;
        await foreach (var touched in days.BetweenAsync(first, last, cancellation))
        {
            if (await ExpireAsync(touched.OfferId, last, cancellation)) households++;
            await tables.Audit.DeleteEntityAsync(touched.Partition, touched.OfferId.ToString("D"), cancellationToken: cancellation);
        }

        for (var day = first; day <= last; day = day.AddDays(1))
        {
            foreach (var partition in ReadLog.PartitionsOf(day)) await RemoveAsync(tables.Audit, partition, AuditRow.Reads, cancellation);
        }

        if (households > 0) log.LogInformation("The audit of {Households} households was erased after its time", households);
    }

    private async Task<bool> ExpireAsync(Guid offerId, DateOnly last, CancellationToken cancellation)
    {
        if (await store.FindAsync(offerId, cancellation) is not { Household.Erasure: not null } stored
            || AuditDayIndex.DayOf(stored.ChangedAt) > last)
            return false;
        var trail = await AuditTrail.ReadAsync(tables, offerId, cancellation);
        if (trail.Events.Concat(trail.Reads).Any(row => AuditDayIndex.DayOf(row.At) > last)) return false;
        // Somebody must be able to take back that a number is never called, and see who said so: as long as that stands, this stays.
        if ((await doNotCall.HashesOfAsync(offerId, cancellation)).Count > 0) return false;
        foreach (var held in await doNotCall.HeldForAsync(offerId, cancellation))
            await doNotCall.ForgetHeldAsync(offerId, held, cancellation);
        var partition = offerId.ToString("D");
        // The household's own row goes last: as long as it is there, the next night tries again.
        await RemoveAsync(tables.Offers, partition, AuditRow.Reads, cancellation);
        await RemoveAsync(tables.Offers, partition, AuditRow.Events, cancellation);
        await tables.Offers.DeleteEntityAsync(partition, VcasTables.OfferRow, cancellationToken: cancellation);
        return true;
    }

    private static async Task RemoveAsync(TableClient table, string partition, string prefix, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in AuditChain.Rows(table, partition, prefix, pageSize: null, cancellation)) rows.Add(row);
        foreach (var batch in rows.Chunk(LargestBatch))
            await table.SubmitTransactionAsync(
                batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row)), cancellation);
    }
}
