using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Notifications;
using VcasFunctions.Settings;
using VcasFunctions.Tables;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Sweep;

/// <summary>
/// Looks through the lists, in which every offer stands until nothing more follows from it, and repairs: an offer listed
/// wrongly, an orchestration that never started or has ended too early, one that missed a change, a time that passed unnoticed,
/// a notification that could not be sent, a call that no team of today's would make. What is late is done here and now, whatever has
/// become of its timer.
/// </summary>
public sealed class HouseholdRepair(
    CallBackList callBacks,
    ReferralList referrals,
    HouseholdStore store,
    HouseholdCommands commands,
    HouseholdNotices notices,
    LastSweepStore notes,
    ClockWatch clock,
    VcasSettings settings,
    ILogger<HouseholdRepair> log)
{
    private const int AtOnce = 8;

    // From one try at sending to the next lies a quarter of an hour at most, and what a try takes.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(30);

    // A recording in progress stands in a list a moment before its offer does.
    private static readonly TimeSpan Unborn = 2 * HouseholdCommands.LongestRecording;

    /// <summary>Repairs everything, and says how much there was to repair.</summary>
    public async Task<RepairResult> RepairAllAsync(DurableTaskClient durable, CancellationToken cancellation)
    {
        var suspects = await SuspectsAsync(cancellation);
        var counts = new RepairCounts();
        var open = new OpenHouseholdsCount(settings.Moment.Now);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(suspects, options, async (suspect, token) =>
        {
            try
            {
                await RepairAsync(suspect.Key, suspect.Value, durable, counts, open, token);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One household that can't be repaired now must not keep the others from it.
                counts.Failed(suspect.Key);
                log.LogError("{Reference} could not be repaired: {Failure}", Offer.ReferenceOf(suspect.Key), failure.GetType().Name);
            }
        });

        open.Record();
        var repaired = counts.Sum(suspects.Count);
        await clock.CheckAsync(cancellation);
        await notes.WriteAsync(repaired, counts.Unrepaired, counts.DatedAhead, settings.Moment.Now, cancellation);
        if (repaired.Any) log.LogWarning("The sweep repaired {Repaired}", repaired);
        else log.LogInformation("The sweep looked at {Households} households and found nothing to repair", repaired.Households);
        return repaired;
    }

    private async Task<Dictionary<Guid, List<Suspect>>> SuspectsAsync(CancellationToken cancellation)
    {
        var suspects = new Dictionary<Guid, List<Suspect>>();
        await foreach (var (offerId, writtenAt, row) in callBacks.AllRowsAsync(cancellation)) Add(offerId, new Suspect(row, writtenAt));
        await foreach (var (offerId, writtenAt, row) in referrals.MovingRowsAsync(cancellation)) Add(offerId, new Suspect(row, writtenAt));
        return suspects;

        void Add(Guid offerId, Suspect suspect)
        {
            if (!suspects.TryGetValue(offerId, out var rows)) suspects[offerId] = rows = new List<Suspect>(1);
            rows.Add(suspect);
        }
    }

    private async Task RepairAsync(
        Guid id,
        List<Suspect> suspects,
        DurableTaskClient durable,
        RepairCounts counts,
        OpenHouseholdsCount open,
        CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        if (await store.FindAsync(id, cancellation) is not { Offer: var offer } stored)
        {
            var remnants = suspects.Where(suspect => suspect.WrittenAt + Unborn < now).ToList();
            if (remnants.Count == suspects.Count) await commands.FreeNumberOfUnbornAsync(id, cancellation);
            foreach (var remnant in remnants) await remnant.Row.RemoveKnownAsync(cancellation);
            return;
        }

        open.Add(offer);
        if (ClockWatch.IsAhead(stored.ChangedAt, now)) offer = await PutRightAsync(offer, durable, counts, cancellation);
        if (offer.IsOpen && !settings.Teams.IsCallBackTeam(offer.Assignee.Team))
        {
            // What else there is to repair is found an hour later, in the list of a team that is read.
            var teams = settings.Teams;
            var passed = await commands.ApplyAsync(durable, id, (orphan, _) => orphan.PassOn(teams), Actor.System, cancellation);
            if (passed.Revision != offer.Revision) counts.PassedOn();
            return;
        }

        var isListedRightly = suspects
            .Select(suspect => suspect.Row.Place).ToHashSet().SetEquals(commands.RowsOf(offer).Select(row => row.Place));
        await commands.RelistAsync(durable, stored, [.. suspects.Select(suspect => suspect.Row)], cancellation);
        if (!isListedRightly) counts.Relisted();

        if (offer.Danger?.EscalateAt + Grace < now) offer = await EscalateAsync(offer, durable, counts, cancellation);
        var plan = Plan.For(offer);
        if (plan.HasNotices) await RetryNoticesAsync(id, durable, counts, cancellation);
        if (plan.Stage == Stage.Settled) return;

        await RepairTimekeepingAsync(offer, plan, durable, counts, cancellation);
        if (plan.WakeAt + Grace < now) await CatchUpAsync(offer, plan, durable, counts, cancellation);
    }

    // Its dates were reckoned by a clock that ran ahead. A first call that still lies ahead is reckoned anew, from the offer; one whose
    // time has come is made like any other, and the rest is for a person to look at.
    private async Task<Offer> PutRightAsync(Offer offer, DurableTaskClient durable, RepairCounts counts, CancellationToken cancellation)
    {
        if (new FirstCallMustLieAhead(offer, settings.Moment.Now).IsKept && offer.State == OfferState.Waiting)
        {
            var after = await commands.ApplyAsync(
                durable, offer.Id, (early, moment) => early.ApplyPolicy(early.Policy, moment), Actor.System, cancellation);
            if (after.Revision != offer.Revision)
            {
                counts.CaughtUp();
                return after;
            }
        }

        counts.Ahead(offer.Id);
        return offer;
    }

    // Whatever else the household waits for: a message that can't leave must not keep a danger from being told of.
    private async Task<Offer> EscalateAsync(Offer offer, DurableTaskClient durable, RepairCounts counts, CancellationToken cancellation)
    {
        var after = await commands.ApplyAsync(durable, offer.Id, (late, moment) => late.EscalateDanger(moment), Actor.System, cancellation);
        if (after.Revision != offer.Revision) counts.CaughtUp();
        return after;
    }

    private TimeSpan Grace => TimeSpan.FromMinutes(settings.Options.Sweep.GraceMinutes);

    private async Task RepairTimekeepingAsync(
        Offer offer, Plan plan, DurableTaskClient durable, RepairCounts counts, CancellationToken cancellation)
    {
        var instance = await durable.GetInstanceAsync(
            HouseholdOrchestrations.InstanceIdOf(offer.Id), getInputsAndOutputs: true, cancellation);
        if (instance is null || instance.IsCompleted)
        {
            await durable.StartHouseholdAsync(offer, cancellation);
            counts.Restarted();
            return;
        }

        var status = string.IsNullOrEmpty(instance.SerializedCustomStatus)
            ? null : instance.ReadCustomStatusAs<HouseholdOrchestrationStatus>();
        var (now, movedAt) = (settings.Moment.Now, instance.LastUpdatedAt);
        var isAhead = ClockWatch.IsAhead(movedAt, now);
        // A change has not reached it: nobody told it, or it rests from a failure, or waits to try again, and no event ends that.
        var isDeaf = status is not null && status.Revision != plan.Revision && movedAt + Grace <= now;
        var isStuck = isDeaf
            // It moved last while the clock ran ahead, and may wait for an instant of then.
            || isAhead
            || (plan.Stage == Stage.AwaitingSend && status?.Stage == Stage.AwaitingSend && movedAt + LongestRest < now)
            // Nor has it ever read what to wait for.
            || (status is null && movedAt + LongestRest < now);
        if (!isStuck) return;
        await durable.TerminateInstanceAsync(instance.InstanceId, cancellation: cancellation);
        await durable.WaitForInstanceCompletionAsync(instance.InstanceId, cancellation);
        await durable.StartHouseholdAsync(offer, cancellation);
        counts.Restarted();
    }

    // The timer should have done this. It is done through the same transitions, which change nothing where it has been done.
    private async Task CatchUpAsync(Offer offer, Plan plan, DurableTaskClient durable, RepairCounts counts, CancellationToken cancellation)
    {
        if (plan.Stage is Stage.AwaitingCall or Stage.AwaitingAttempt)
        {
            // Through the same door as the timer: there it is seen that a number must not be called.
            var after = plan.Stage == Stage.AwaitingCall
                ? await commands.StartCallBackAsync(offer.Id, cancellation)
                : await commands.RemindAsync(offer.Id, cancellation);
            if (after.Revision == offer.Revision) return;
            await durable.WakeHouseholdAsync(offer, await commands.ReadAsync(offer.Id, cancellation), cancellation);
            counts.CaughtUp();
            return;
        }

        Func<Offer, Moment, Transition>? overdue = plan.Stage switch
        {
            Stage.OnHold => (late, moment) => late.ReviewHold(moment),
            Stage.AwaitingAnswer => (late, moment) => late.ChaseAnswer(moment),
            _ => null,
        };
        if (overdue is null) return;
        var caughtUp = await commands.ApplyAsync(durable, offer.Id, overdue, Actor.System, cancellation);
        if (caughtUp.Revision != offer.Revision) counts.CaughtUp();
    }

    private async Task RetryNoticesAsync(Guid id, DurableTaskClient durable, RepairCounts counts, CancellationToken cancellation)
    {
        try
        {
            if (await notices.SendAsync(id, durable, cancellation)) counts.Notified();
        }
        catch (Exception failure) when (failure is Microsoft.Kiota.Abstractions.ApiException or HttpRequestException)
        {
            log.LogWarning(
                "A notification for {Reference} can still not be sent: {Failure}", Offer.ReferenceOf(id), failure.GetType().Name);
            var instant = settings.Moment.Now;
            await commands.UpdateWithoutEventAsync(id, offer => offer.NoticeDelayed(instant), cancellation);
        }
    }

    private sealed record Suspect(ListRow Row, DateTimeOffset? WrittenAt);
}
