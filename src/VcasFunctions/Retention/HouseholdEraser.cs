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
using VcasFunctions.Telemetry;

namespace VcasFunctions.Retention;

/// <summary>
/// Erases households whose time is over. It goes by the days on which households were touched and not through all of them: for each
/// kind it looks, day by day, at those touched as long ago as the kind is kept. Whoever was touched again later is found on that
/// later day. How far it has come is written down, so a night that was cut short or left out is made up. What a disclosure hold keeps is
/// left, and looked at again every night.
/// </summary>
public sealed class HouseholdEraser(
    VcasTables tables,
    AuditDayIndex days,
    HouseholdStore store,
    HouseholdCommands commands,
    HeldBackHouseholds heldBack,
    DisclosureHoldList holds,
    IOptionsMonitor<RetentionOptions> retention,
    VcasSettings settings,
    ILogger<HouseholdEraser> log)
{
    /// <summary>Erases what is due, and says how many households that were and how many could not be erased.</summary>
    public async Task<(int Erased, int Failed)> EraseDueAsync(DurableTaskClient durable, CancellationToken cancellation)
    {
        var (erased, failed) = await EraseReleasedAsync(durable, cancellation);
        foreach (var retentionClass in Enum.GetValues<RetentionClass>())
        {
            var last = LastDayOf(retentionClass);
            var mark = Word.Of(retentionClass);
            for (var day = await NextDayAsync(mark, last, cancellation); day <= last; day = day?.AddDays(1))
            {
                await foreach (var touched in days.BetweenAsync(day.Value, day.Value, cancellation))
                {
                    switch (await TryAsync(
                        touched.OfferId, () => EraseIfDueAsync(touched.OfferId, retentionClass, last, durable, cancellation)))
                    {
                        case null:
                            failed++;
                            break;
                        case true:
                            erased++;
                            break;
                    }
                }

                // The days after a failure are processed too, and again the next night.
                if (failed == 0) await MarkAsync(mark, day.Value, cancellation);
            }
        }

        log.LogInformation("{Erased} households whose time was over were erased, {Failed} could not be", erased, failed);
        var (held, overdue) = await holds.CountAsync(settings.Moment.Now, cancellation);
        Metrics.RecordDisclosureHolds(held, overdue);
        if (held > 0)
            log.LogInformation("{Held} households are kept under a disclosure hold, {Overdue} of them past their review", held, overdue);
        return (erased, failed);
    }

    // Those that would have been erased before, where nothing stands against it any more.
    private async Task<(int Erased, int Failed)> EraseReleasedAsync(DurableTaskClient durable, CancellationToken cancellation)
    {
        var (erased, failed) = (0, 0);
        await foreach (var id in heldBack.AllAsync(cancellation))
        {
            var isErased = await TryAsync(id, async () =>
            {
                var household = (await store.FindAsync(id, cancellation))?.Household;
                if (household is { Erasure: null, DisclosureHold: not null }) return false;
                var retentionClass = household is null ? RetentionClass.Closed : RetentionClasses.Of(household);
                var isDone = household is not null
                    && await EraseIfDueAsync(id, retentionClass, LastDayOf(retentionClass), durable, cancellation);
                await heldBack.RemoveAsync(id, cancellation);
                return isDone;
            });
            if (isErased is null) failed++;
            else if (isErased.Value) erased++;
        }

        return (erased, failed);
    }

    private DateOnly LastDayOf(RetentionClass retentionClass) =>
        AuditDayIndex.DayOf(settings.Moment.Now).AddDays(-retention.CurrentValue.Days(retentionClass));

    // Null where it could not be done.
    private async Task<bool?> TryAsync(Guid id, Func<Task<bool>> erase)
    {
        try
        {
            return await erase();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError("{Reference} could not be erased: {Failure}", Household.ReferenceOf(id), failure.GetType().Name);
            return null;
        }
    }

    private async Task<bool> EraseIfDueAsync(
        Guid id, RetentionClass retentionClass, DateOnly last, DurableTaskClient durable, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { Household: { Erasure: null } household } stored) return false;
        if (RetentionClasses.Of(household) != retentionClass || await LastWorkAsync(stored, last, cancellation) > last) return false;
        // If a call or an answer is still to come, the household is open work, however old it is.
        if (!new HouseholdMustBeSettled(household, ErasureReason.RetentionEnded).IsKept) return false;
        if (household.DisclosureHold is not null)
        {
            await heldBack.AddAsync(id, cancellation);
            return false;
        }

        await commands.ApplyAsync(
            durable, id, (now, moment) => now.Erase(ErasureReason.RetentionEnded, moment), Actor.System, cancellation);
        return true;
    }

    // That it was held for disclosure, reviewed and released is no work with the household: it would be kept for longer by it.
    private async Task<DateOnly> LastWorkAsync(StoredHousehold stored, DateOnly last, CancellationToken cancellation)
    {
        var changed = AuditDayIndex.DayOf(stored.ChangedAt);
        if (changed <= last || !stored.Household.WasDisclosureHeld) return changed;
        var trail = await store.TrailAsync(stored.Household.Id, cancellation);
        return AuditDayIndex.DayOf(trail.Where(entry => entry.Event is not IDisclosureEvent).Max(entry => entry.At));
    }

    private async Task<DateOnly?> NextDayAsync(string mark, DateOnly last, CancellationToken cancellation)
    {
        if (await tables.FindMarkAsync(mark, cancellation) is not { } row) return await days.FirstAsync(cancellation);
        var done = DateOnly.FromDateTime(row.GetDateTimeOffset("Day")!.Value.UtcDateTime);
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
