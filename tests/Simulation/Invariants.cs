using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Vcas.Domain;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using VcasFunctions.Households;

namespace Simulation;

/// <summary>Something that must hold in every world did not.</summary>
public sealed class InvariantBrokenException(string what, Exception? within = null) : Exception(what, within);

/// <summary>
/// What must hold in every world: some of it at every step, in the middle of faults; some once nothing has been wrong for longer
/// than the sweep's interval; and all of it in the end, when everything has settled.
/// </summary>
internal sealed partial class Invariants(RunningApp app, People people, Vcas vcas, HeardWords heard, Seen seen)
{
    // An hour from one sweep to the next, and what it leaves to the ordinary course.
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(70);

    private readonly HashSet<string> sights = [];
    private readonly HouseholdStore store = app.Services.GetRequiredService<HouseholdStore>();
    private readonly DateTimeOffset now = app.Clock.GetUtcNow();

    /// <summary>
    /// What happened to the households of this world, by name: a kind of thing that no world ever sees is not tried by any.
    /// </summary>
    public IReadOnlySet<string> Sights => sights;

    /// <summary>
    /// At every step: nothing that was confirmed is lost or undone, no call is early or after an end, VCAS has nothing that
    /// nobody accepted, no log line tells of a person.
    /// </summary>
    /// <param name="isCalm">Nothing has been wrong for longer than a sweep needs: then nothing due may be forgotten either.</param>
    /// <param name="calmSince">Since when nothing has been wrong, UTC.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task AssertAlwaysAsync(bool isCalm, DateTimeOffset calmSince, CancellationToken cancellation)
    {
        // What VCAS has is looked at first: an acceptance may follow between the two looks, and never the other way round.
        var atVcas = vcas.Referrals();
        foreach (var id in people.Known)
        {
            if (await store.FindAsync(id, cancellation) is not { Household: var offer })
            {
                Must(!people.Recorded.ContainsKey(id), $"{id} was confirmed and is lost");
                Must(!atVcas.ContainsKey(id), $"{id} is at VCAS and was never recorded");
                continue;
            }

            if (people.Recorded.TryGetValue(id, out var answer))
                Must(Word.Of(offer.Details.Answer) == answer, $"{id} was confirmed with another answer");
            if (people.Accepted.Contains(id)) Must(offer.Acceptance is not null, $"{id}: its confirmed acceptance is lost");
            foreach (var (attempt, _) in people.Attempts.Where(pair => pair.Value == id))
                Must(offer.Attempts.Any(known => known.AttemptId == attempt), $"{id}: a confirmed attempt is lost");
            foreach (var (attempt, _) in people.Undone.Where(pair => pair.Value == id))
                Must(offer.Attempts.All(known => known.AttemptId != attempt), $"{id}: an undone attempt counts");
            if (atVcas.ContainsKey(id)) Must(offer.Referral is not null, $"{id} is at VCAS and was never accepted");
            Must(offer.NeedsSafeRoute == offer.RouteTask is not null, $"{id} needs a safe route, and nobody is asked to find one");
            Must(!offer.AwaitsRoute || !offer.Details.HasSafeRoute, $"{id} said yes and waits, although it can be reached");
            if (isCalm) await NothingIsOverdueForTimeAsync(offer, cancellation);

            var before = seen.Revisions.GetValueOrDefault(id);
            Must(offer.Revision >= before, $"{id} stands at revision {offer.Revision} and stood at {before} before");
            if (offer.Revision == before) continue;
            var trail = await store.TrailAsync(id, cancellation);
            Must(trail.Count >= offer.Revision, $"{id}: {trail.Count} events at revision {offer.Revision}");
            NoCallIsEarlyOrAfterTheEnd(offer, trail);
            seen.Revisions[id] = offer.Revision;
        }

        await NobodyIsSentToCallAsync(isCalm, cancellation);
        await NothingHeldIsErasedAsync(cancellation);
        await MorningsAreToldAsync(calmSince, cancellation);
        Must(people.ShownInSpite is null, people.ShownInSpite ?? "");
        Must(heard.Leaks.IsEmpty, $"A log line holds a person's data: {heard.Leaks.FirstOrDefault()}");
    }

    /// <summary>In the end, when everything works again and two sweeps have passed.</summary>
    public async Task AssertSettledAsync(CancellationToken cancellation)
    {
        var offers = new Dictionary<Guid, Household>();
        var records = new List<HouseholdRecord>();
        var trails = new Dictionary<Guid, IReadOnlyList<RecordedEvent>>();
        foreach (var id in people.Known)
        {
            if (await store.FindAsync(id, cancellation) is not { Household: var offer })
            {
                Must(!people.Recorded.ContainsKey(id), $"{id} was confirmed and is lost");
                continue;
            }

            offers.Add(id, offer);
            var trail = trails[id] = await store.TrailAsync(id, cancellation);
            TrailIsLegal(offer, trail);
            foreach (var (_, happened) in trail) sights.Add(NameOf(happened));
            if (offer.Details.Contact is null) sights.Add("no number");
            if (trail.SkipWhile(entry => entry.Event is not (OfferWithdrawn or OfferClosed)).Any(entry => entry.Event is DangerRecorded))
                sights.Add(Kinds.DangerAfterTheEnd);
            NoDangerIsForgotten(offer, trail);
            NoWelfareContactIsForgotten(offer, trail);
            NothingHeldWasErased(offer, trail);
            NoYesIsForgotten(offer, trail);
            await NothingDueIsForgottenAsync(offer, trail, cancellation);
            Must(HouseholdRecord.Of(offer) == Recount.Of(id, trail), $"{id}: the record and the recount differ");
            // No event says which investigation it is of.
            records.Add(Recount.Of(id, trail) with { Investigation = offer.Details.CrimeReference });
            await KeepsTimeAsync(offer, cancellation);
        }

        foreach (var (id, answer) in people.Recorded) IsAsItWasTold(offers[id], answer);
        WhatWasSaidIsKept(offers);
        foreach (var (id, trail) in trails)
        {
            SupervisorKnows(offers[id], trail);
            await EachDeedIsWhoseItWasAsync(offers[id], trail, trails.GetValueOrDefault, cancellation);
        }

        EachAcceptanceIsOneReferral(offers);
        EachDuplicateIsKnownWhereItIsKept(offers);
        await NoNumberPassedOnIsLostAsync(cancellation);
        await ListsAreTrueAsync(offers, cancellation);
        await EachIsFoundByItsNumberAsync(offers, cancellation);
        await ReportIsTheRecountAsync(records, cancellation);
        await NothingPersonalLeavesAsync(offers.Keys, cancellation);
    }

    private void IsAsItWasTold(Household offer, string answer)
    {
        Must(Word.Of(offer.Details.Answer) == answer, $"{offer.Id} was confirmed with another answer");
        var (number, team) = people.Told(offer.Id);
        Must(offer.Details.Team == team, $"{offer.Id} was confirmed for another team");
        // What somebody asked never to be called at is kept as a hash alone.
        if (number is null || offer.Erasure is not null || offer.Details.Answer == OfferAnswer.DoNotContact) return;
        Must(offer.Details.Contact?.Phone == $"+44{number[1..].Replace(" ", "")}", $"{offer.Id} was confirmed with another number");
    }

    private static string NameOf(HouseholdEvent happened) => happened switch
    {
        CallBackHeld held => $"held: {Word.Of(held.Reason)}",
        OfferClosed closed => $"closed: {Word.Of(closed.Reason)}",
        AttemptRecorded { By: not AttemptWay.Phone } met => $"{Word.Of(met.Direction)} by {Word.Of(met.By)}",
        AttemptRecorded attempt => $"{Word.Of(attempt.Direction)}: {Word.Of(attempt.Outcome)}",
        _ => happened.GetType().Name,
    };

    private void TrailIsLegal(Household offer, IReadOnlyList<RecordedEvent> trail)
    {
        Must(trail.Count == offer.Revision, $"{offer.Id}: {trail.Count} events at revision {offer.Revision}");
        NoCallIsEarlyOrAfterTheEnd(offer, trail);
    }

    private void NoCallIsEarlyOrAfterTheEnd(Household offer, IReadOnlyList<RecordedEvent> trail)
    {
        var mayBeCalled = true;
        DateTimeOffset? earliest = null, planned = null;
        var before = (mayBeCalled, earliest, planned);
        foreach (var (at, happened) in trail)
        {
            if (happened is AttemptRecorded or LateOutcomeRecorded) before = (mayBeCalled, earliest, planned);
            if (happened is AttemptUndone) (mayBeCalled, earliest, planned) = before;
            switch (happened)
            {
                case OfferRecorded recorded:
                    earliest = planned = recorded.DueAt;
                    break;
                case PolicyApplied applied:
                    earliest = planned = applied.DueAt;
                    break;
                case RecordCorrected { DueAt: { } moved } when moved != planned:
                    earliest = planned = moved;
                    break;
                // They may ask for a call sooner, after the end as well; and hours opened for them may begin sooner.
                case AttemptRecorded { Outcome: CallOutcome.CallLater } promised
                    when promised.Direction == CallDirection.Incoming || promised.By != AttemptWay.Phone:
                    earliest = promised.NextCallAt;
                    break;
                // A clock that ran ahead may have made a call due before its time; somebody made it, and the next follows from that.
                case AttemptRecorded { Direction: CallDirection.Outgoing, NextCallAt: { } next }
                    when next < earliest && people.Sights.Contains(Kinds.RanAhead):
                    earliest = next;
                    break;
                case CallBackReopened:
                    mayBeCalled = true;
                    break;
                case OfferReopened reopened:
                    (mayBeCalled, earliest) = (true, reopened.CallFrom);
                    break;
                case SecondOfferPlanned second:
                    earliest = second.CallFrom;
                    break;
                case CallHoursOpened opened when opened.CallFrom < earliest:
                    earliest = opened.CallFrom;
                    break;
                case CallBackDue:
                    Must(mayBeCalled, $"{offer.Id} became due after it had ended");
                    Must(earliest is { } due && at >= due, $"{offer.Id} became due at {at:o}, before {earliest:o}: {Told(trail)}");
                    break;
                case OfferAccepted or OfferWithdrawn or OfferClosed:
                    mayBeCalled = false;
                    break;
            }
        }

        NoHoldEndsByItself(offer, trail);
    }

    private async Task NothingIsOverdueForTimeAsync(Household offer, CancellationToken cancellation)
    {
        if (!IsOverdue(offer)) return;
        // A hold that another one covered stands again as it was, its review long past: it has its turn first.
        var trail = await store.TrailAsync(offer.Id, cancellation);
        if (trail[^1].At <= now - Overdue) throw await ForgottenAsync(offer, trail, cancellation);
    }

    private async Task NothingDueIsForgottenAsync(Household offer, IReadOnlyList<RecordedEvent> trail, CancellationToken cancellation)
    {
        var plan = Plan.For(offer);
        if (IsOverdue(offer) || plan.Stage == Stage.AwaitingSend || plan.HasNotices)
            throw await ForgottenAsync(offer, trail, cancellation);
    }

    // A danger has its turn also while a message can't leave.
    private bool IsOverdue(Household offer) => (Plan.For(offer).WakeAt is { } wakeAt && wakeAt <= now - Overdue)
        || HouseholdClocks.BesideTheCourse(offer).Any(clock => clock.WakeAt <= now - Overdue);

    private async Task<InvariantBrokenException> ForgottenAsync(
        Household offer, IReadOnlyList<RecordedEvent> trail, CancellationToken cancellation)
    {
        var (plan, id) = (Plan.For(offer), HouseholdOrchestrations.InstanceIdOf(offer.Id));
        var instance = await app.Azure.Engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation);
        var unsent = string.Join(", ", offer.Outbox.Select(dispatch => dispatch.Kind));
        return new InvariantBrokenException(
            $"{offer.Id} ({offer.State}) waits at {now:o} since {plan.WakeAt:o} in {plan.Stage}, unsent are {unsent}; {Told(trail)}; "
            + $"{instance?.RuntimeStatus} since {instance?.LastUpdatedAt:o}: {instance?.SerializedCustomStatus}; "
            + await app.Azure.Engine.ExportHistoryAsync(id));
    }

    private async Task KeepsTimeAsync(Household offer, CancellationToken cancellation)
    {
        if (Plan.For(offer).Stage == Stage.Settled) return;
        var instance = await app.Azure.Engine.Client.GetInstanceAsync(HouseholdOrchestrations.InstanceIdOf(offer.Id), cancellation);
        Must(instance is { IsCompleted: false }, $"{offer.Id}: nobody keeps time for it");
    }

    private void EachAcceptanceIsOneReferral(Dictionary<Guid, Household> offers)
    {
        var atVcas = vcas.Referrals();
        foreach (var (id, offer) in offers)
        {
            if (people.Accepted.Contains(id)) Must(offer.Acceptance is not null, $"{id}: its confirmed acceptance is lost");
            if (offer.Referral is null) Must(!atVcas.ContainsKey(id), $"{id} is at VCAS and was never accepted");
            else if (offer.AwaitsRoute) Must(!atVcas.ContainsKey(id), $"{id} is at VCAS, and nobody can reach it");
            else if (offer.Referral.State != ReferralState.Withdrawn)
                Must(atVcas.TryGetValue(id, out var withdrawn) && !withdrawn, $"{id} was accepted and is not at VCAS");
            else if (atVcas.TryGetValue(id, out var known)) Must(known, $"{id} was withdrawn and VCAS doesn't know");
        }

        Must(atVcas.Keys.All(offers.ContainsKey), "VCAS has a referral that nobody made");
    }

    private async Task NothingPersonalLeavesAsync(IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        Must(heard.Leaks.IsEmpty, $"A log line holds a person's data: {heard.Leaks.FirstOrDefault()}");
        foreach (var notice in app.Azure.Graph.Inbox()) MustNotTell(notice.ToString()!, "a notification");
        foreach (var id in ids)
        {
            var instance = await app.Azure.Engine.Client.GetInstanceAsync(
                HouseholdOrchestrations.InstanceIdOf(id), getInputsAndOutputs: true, cancellation);
            if (instance is null) continue;
            MustNotTell(
                $"{instance.SerializedInput} {instance.SerializedOutput} {instance.SerializedCustomStatus} {instance.FailureDetails}",
                "an orchestration");
            MustNotTell(await app.Azure.Engine.ExportHistoryAsync(HouseholdOrchestrations.InstanceIdOf(id)), "a history");
        }
    }

    private static void MustNotTell(string text, string what) =>
        Must(People.Secrets.All(secret => !text.Contains(secret, StringComparison.Ordinal)), $"{what} holds a person's data");

    private static void Must(bool holds, string otherwise)
    {
        if (!holds) throw new InvariantBrokenException(otherwise);
    }
}
