using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vcas.Domain;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Retention;

/// <summary>
/// Erases households whose time is over. It goes by the days on which households were touched and not through all of them: for each
/// kind it looks, day by day, at those touched as long ago as the kind is kept. Whoever was touched again later is found on that
/// later day. How far it has come is written down, so a night that was cut short or left out is made up.
/// </summary>
public sealed class HouseholdEraser(
    VcasTables tables,
    AuditDayIndex days,
    HouseholdStore store,
    HouseholdCommands commands,
    IOptionsMonitor<RetentionOptions> retention,
    VcasSettings settings,
    ILogger<HouseholdEraser> log)
{
    /// <summary>Erases what is due, and says how many households that were and how many could not be erased.</summary>
    public async Task<(int Erased, int Failed)> EraseDueAsync(DurableTaskClient durable, CancellationToken cancellation)
    {
        var (erased, failed) = (0, 0);
        foreach (var retentionClass in Enum.GetValues<RetentionClass>())
        {
            var last = AuditDayIndex.DayOf(settings.Moment.Now).AddDays(-retention.CurrentValue.Days(retentionClass));
            var mark = Word.Of(retentionClass);
            for (var day = await NextDayAsync(mark, last, cancellation); day <= last; day = day?.AddDays(1))
            {
                await foreach (var touched in days.BetweenAsync(day.Value, day.Value, cancellation))
                {
                    try
                    {
                        if (await EraseIfDueAsync(touched.OfferId, retentionClass, last, durable, cancellation)) erased++;
                    }
                    catch (Exception failure) when (failure is not OperationCanceledException)
                    {
                        failed++;
                        log.LogError(
                            "{Reference} could not be erased: {Failure}", Household.ReferenceOf(touched.OfferId), failure.GetType().Name);
                    }
                }

                // The days after a failure are processed too, and again the next night.
                if (failed == 0) await MarkAsync(mark, day.Value, cancellation);
            }
        }

        log.LogInformation("{Erased} households whose time was over were erased, {Failed} could not be", erased, failed);
        return (erased, failed);
    }

    private async Task<bool> EraseIfDueAsync(
        Guid id, RetentionClass retentionClass, DateOnly last, DurableTaskClient durable, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { Household: { Erasure: null } household } stored) return false;
        if (RetentionClasses.Of(household) != retentionClass || AuditDayIndex.DayOf(stored.ChangedAt) > last) return false;
        // If a call or an answer is still to come, the household is open work, however old it is.
        if (!new HouseholdMustBeSettled(household, ErasureReason.RetentionEnded).IsKept) return false;
        await commands.ApplyAsync(
            durable, id, (now, moment) => now.Erase(ErasureReason.RetentionEnded, moment), Actor.System, cancellation);
        return true;
    }

    private async Task<DateOnly?> NextDayAsync(string mark, DateOnly last, CancellationToken cancellation)
    {
        var found = await tables.Audit.GetEntityIfExistsAsync<TableEntity>(VcasTables.Marks, mark, cancellationToken: cancellation);
        if (!found.HasValue) return await days.FirstAsync(cancellation);
        var done = DateOnly.FromDateTime(found.Value!.GetDateTimeOffset("Day")!.Value.UtcDateTime);
        if (done <= last) return done.AddDays(1);
        // A clock that ran ahead, or a period that was made longer: all days until the last are done, and those after it come each in its
        // turn.
        await MarkAsync(mark, last, cancellation);
        return last.AddDays(1);
    }

    private async Task MarkAsync(string mark, DateOnly day, CancellationToken cancellation) => await tables.Audit.UpsertEntityAsync(
        new TableEntity(VcasTables.Marks, mark) { ["Day"] = new DateTimeOffset(day, default, TimeSpan.Zero) },
        TableUpdateMode.Replace,
        cancellation);
}
