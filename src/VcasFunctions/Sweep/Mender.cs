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
/// Looks through the lists, in which every offer stands until nothing more follows from it, and mends: an offer listed
/// wrongly, an orchestration that never started or has ended too early, one that missed a change, a time that passed unnoticed,
/// a notification that could not be sent, a call that no team of today's would make. What is late is done here and now, whatever has
/// become of its timer.
/// </summary>
public sealed class Mender(
    CallBackList callBacks,
    ReferralList referrals,
    OfferStore store,
    Casework casework,
    HouseholdNotices notices,
    SweepNotes notes,
    ClockWatch clock,
    VcasSettings settings,
    ILogger<Mender> log)
{
    private const int AtOnce = 8;

    // From one try at sending to the next lies a quarter of an hour at most, and what a try takes.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(30);

    // A recording in progress stands in a list a moment before its offer does.
    private static readonly TimeSpan Unborn = 2 * Casework.LongestRecording;

    /// <summary>Mends everything, and says how much there was to mend.</summary>
    public async Task<Mended> MendAllAsync(DurableTaskClient time, CancellationToken cancellation)
    {
        var suspects = await SuspectsAsync(cancellation);
        var counts = new MendedCounts();
        var standing = new Standing(settings.Moment.Now);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(suspects, options, async (suspect, token) =>
        {
            try
            {
                await MendAsync(suspect.Key, suspect.Value, time, counts, standing, token);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One household that can't be mended now must not keep the others from it.
                counts.Failed(suspect.Key);
                log.LogError("{Reference} could not be mended: {Failure}", Offer.ReferenceOf(suspect.Key), failure.GetType().Name);
            }
        });

        standing.Tell();
        var mended = counts.Sum(suspects.Count);
        await clock.LookAsync(cancellation);
        await notes.WriteAsync(mended, counts.Unmended, counts.DatedAhead, settings.Moment.Now, cancellation);
        if (mended.Any) log.LogWarning("The sweep mended {Mended}", mended);
        else log.LogInformation("The sweep looked at {Households} households and found nothing to mend", mended.Households);
        return mended;
    }

    private async Task<Dictionary<Guid, List<Suspect>>> SuspectsAsync(CancellationToken cancellation)
    {
        var suspects = new Dictionary<Guid, List<Suspect>>();
        await foreach (var (offerId, writtenAt, row) in callBacks.EverythingAsync(cancellation)) Add(offerId, new Suspect(row, writtenAt));
        await foreach (var (offerId, writtenAt, row) in referrals.MovingRowsAsync(cancellation)) Add(offerId, new Suspect(row, writtenAt));
        return suspects;

        void Add(Guid offerId, Suspect suspect)
        {
            if (!suspects.TryGetValue(offerId, out var rows)) suspects[offerId] = rows = new List<Suspect>(1);
            rows.Add(suspect);
        }
    }

    private async Task MendAsync(
        Guid id, List<Suspect> suspects, DurableTaskClient time, MendedCounts counts, Standing standing, CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        if (await store.FindAsync(id, cancellation) is not { Offer: var offer } stored)
        {
            var remnants = suspects.Where(suspect => suspect.WrittenAt + Unborn < now).ToList();
            if (remnants.Count == suspects.Count) await casework.FreeNumberOfUnbornAsync(id, cancellation);
            foreach (var remnant in remnants) await remnant.Row.RemoveKnownAsync(cancellation);
            return;
        }

        standing.Add(offer);
        if (ClockWatch.IsAhead(stored.ChangedAt, now)) offer = await PutRightAsync(offer, time, counts, cancellation);
        if (offer.IsOpen && !settings.Teams.IsCallBackTeam(offer.Assignee.Team))
        {
            // What else there is to mend is found an hour later, in the list of a team that is read.
            var teams = settings.Teams;
            var passed = await casework.ApplyAsync(time, id, (orphan, _) => orphan.PassOn(teams), Actor.System, cancellation);
            if (passed.Revision != offer.Revision) counts.PassedOn();
            return;
        }

        // Made once: what is in a row is sealed, which costs more than all reading here.
        var rows = casework.RowsOf(offer);
        var isListedRightly = suspects.Select(suspect => suspect.Row.Place).ToHashSet().SetEquals(rows.Select(row => row.Place));
        var asRead = ReferenceEquals(offer, stored.Offer) ? rows : casework.RowsOf(stored.Offer);
        await casework.RelistAsync(time, stored, asRead, [.. suspects.Select(suspect => suspect.Row)], cancellation);
        if (!isListedRightly) counts.Relisted();

        if (offer.Danger?.EscalateAt + Grace < now) offer = await EscalateAsync(offer, time, counts, cancellation);
        var plan = Plan.For(offer);
        if (plan.HasNotices) await RetryNoticesAsync(id, time, counts, cancellation);
        if (plan.Stage == Stage.Settled) return;

        await MendTimeKeepingAsync(offer, plan, time, counts, cancellation);
        if (plan.WakeAt + Grace < now) await CatchUpAsync(offer, plan, time, counts, cancellation);
    }

    // Its dates were reckoned by a clock that ran ahead. A first call that still lies ahead is reckoned anew, from the offer; one whose
    // time has come is made like any other, and the rest is for a person to look at.
    private async Task<Offer> PutRightAsync(Offer offer, DurableTaskClient time, MendedCounts counts, CancellationToken cancellation)
    {
        if (new FirstCallMustLieAhead(offer, settings.Moment.Now).IsKept && offer.State == OfferState.Waiting)
        {
            var after = await casework.ApplyAsync(
                time, offer.Id, (early, moment) => early.ApplyPolicy(early.Policy, moment), Actor.System, cancellation);
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
    private async Task<Offer> EscalateAsync(Offer offer, DurableTaskClient time, MendedCounts counts, CancellationToken cancellation)
    {
        var after = await casework.ApplyAsync(time, offer.Id, (late, moment) => late.EscalateDanger(moment), Actor.System, cancellation);
        if (after.Revision != offer.Revision) counts.CaughtUp();
        return after;
    }

    private TimeSpan Grace => TimeSpan.FromMinutes(settings.Options.Sweep.GraceMinutes);

    private async Task MendTimeKeepingAsync(
        Offer offer, Plan plan, DurableTaskClient time, MendedCounts counts, CancellationToken cancellation)
    {
        var instance = await time.GetInstanceAsync(HouseholdTime.InstanceIdOf(offer.Id), getInputsAndOutputs: true, cancellation);
        if (instance is null || instance.IsCompleted)
        {
            await time.StartHouseholdAsync(offer, cancellation);
            counts.Restarted();
            return;
        }

        var status = string.IsNullOrEmpty(instance.SerializedCustomStatus) ? null : instance.ReadCustomStatusAs<HouseholdStatus>();
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
        await time.TerminateInstanceAsync(instance.InstanceId, cancellation: cancellation);
        await time.WaitForInstanceCompletionAsync(instance.InstanceId, cancellation);
        await time.StartHouseholdAsync(offer, cancellation);
        counts.Restarted();
    }

    // The timer should have done this. It is done through the same transitions, which change nothing where it has been done.
    private async Task CatchUpAsync(Offer offer, Plan plan, DurableTaskClient time, MendedCounts counts, CancellationToken cancellation)
    {
        if (plan.Stage is Stage.AwaitingCall or Stage.AwaitingAttempt)
        {
            // Through the same door as the timer: there it is seen that a number must not be called.
            var after = plan.Stage == Stage.AwaitingCall
                ? await casework.StartCallBackAsync(offer.Id, cancellation)
                : await casework.RemindAsync(offer.Id, cancellation);
            if (after.Revision == offer.Revision) return;
            await time.WakeHouseholdAsync(offer, await casework.ReadAsync(offer.Id, cancellation), cancellation);
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
        var caughtUp = await casework.ApplyAsync(time, offer.Id, overdue, Actor.System, cancellation);
        if (caughtUp.Revision != offer.Revision) counts.CaughtUp();
    }

    private async Task RetryNoticesAsync(Guid id, DurableTaskClient time, MendedCounts counts, CancellationToken cancellation)
    {
        try
        {
            if (await notices.TellAsync(id, time, cancellation)) counts.Told();
        }
        catch (Exception failure) when (failure is Microsoft.Kiota.Abstractions.ApiException or HttpRequestException)
        {
            log.LogWarning(
                "A notification for {Reference} can still not be sent: {Failure}", Offer.ReferenceOf(id), failure.GetType().Name);
            var instant = settings.Moment.Now;
            await casework.NoteAsync(id, offer => offer.NoticeDelayed(instant), cancellation);
        }
    }

    private sealed record Suspect(ListRow Row, DateTimeOffset? WrittenAt);
}
