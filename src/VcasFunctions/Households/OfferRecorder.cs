using Microsoft.DurableTask.Client;
using Vcas.Domain;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Problems;
using VcasFunctions.Settings;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Households;

/// <summary>How an offer comes in: once, however often it is sent.</summary>
public sealed class OfferRecorder(
    HouseholdStore store, DerivedRows derived, HouseholdChanges changes, CallBarriers barriers, VcasSettings settings)
{
    /// <summary>
    /// How long a recording may take before its rows can no longer be relied on: the sweep takes rows for remnants that have stood
    /// for twice as long without an offer.
    /// </summary>
    public static readonly TimeSpan LongestRecording = TimeSpan.FromMinutes(30);

    /// <summary>Records an offer: true when it is new, false when the very same was recorded before.</summary>
    /// <param name="durable">Starts the household's orchestration, and wakes others of its number.</param>
    /// <param name="recorded">The offer.</param>
    /// <param name="never">Numbers (E.164) that are never to be called, where that is what was said: the offer doesn't keep them.</param>
    /// <param name="requestHash">Of the request.</param>
    /// <param name="actor">Who records it.</param>
    /// <param name="onceStored">What can be done beside the writing of what follows, from when the new offer is stored.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ProblemException">The id stands for another offer.</exception>
    public async Task<(Household Household, bool IsNew)> RecordAsync(
        DurableTaskClient durable,
        Transition recorded,
        IReadOnlyList<string> never,
        string requestHash,
        Actor actor,
        Func<Household, Task> onceStored,
        CancellationToken cancellation)
    {
        using var span = HouseholdTrace.Begin("record a household");
        recorded = recorded with { Household = recorded.Household with { Trace = HouseholdTrace.Current, RecordedBy = actor.Id } };
        var household = recorded.Household;
        using var turn = await store.LockAsync(household.Id, cancellation);
        var listed = await derived.PrepareNewAsync(household, never, actor, cancellation);
        if (!await store.TryAddAsync(recorded, requestHash, actor, household.RecordedAt, cancellation))
            return (await FindRecordedAsync(durable, household.Id, listed, requestHash, cancellation), false);

        // A process may have slept in the middle of this, or its clock have been put forward: the sweep took its rows for remnants.
        if (settings.Moment.Now - household.RecordedAt > LongestRecording)
            await derived.PrepareAgainAsync(household, listed, never, actor, cancellation);

        // Until both are done the offer stands in a list. Neither asks for the other, nor does the plan for the first.
        var registered = derived.RegisterAsync(household, cancellation);
        var plan = await KnownPlanAsync(household, cancellation);
        var following = Task.WhenAll(registered, durable.StartHouseholdAsync(household, cancellation, plan));
        var beside = onceStored(household);
        await following;
        var isTidied = never.Count == 0 || await changes.HoldOthersAsync(durable, household.Id, never, actor, cancellation);
        if (isTidied && listed.Mark is { } mark) await mark.RemoveAsync(cancellation);
        span.RecordEvents(household, recorded.Events);
        Metrics.Count(recorded, settings.Moment.Now);
        // Last: what fails of it must keep nobody from being held.
        await beside;
        return (household, true);
    }

    /// <summary>The offer that the request of this hash recorded before; null where it recorded none.</summary>
    public async Task<Household?> FindSameAsync(Guid id, string requestHash, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } known && known.WasRecordedBy(requestHash) ? known.Household : null;

    // Somebody may have asked that the number never be called while this was being stored, too early to find it. Then the household's
    // orchestration reads its plan, and holds it. A household that is held for this already is asked about all the same: an answer that
    // came sooner would tell of it.
    private async Task<Plan?> KnownPlanAsync(Household household, CancellationToken cancellation) =>
        household is { IsOpen: true, Details.Numbers: { Count: > 0 } numbers }
        && await barriers.DoNotCallAsync(numbers, household.Id, cancellation) is not null
            ? null
            : Plan.For(household);

    private async Task<Household> FindRecordedAsync(
        DurableTaskClient durable, Guid id, ListedOffer listed, string requestHash, CancellationToken cancellation)
    {
        var stored = await store.MustFindAsync(id, cancellation);
        var isSame = stored.WasRecordedBy(requestHash);
        // What another body said under this id counts for nothing.
        foreach (var phone in isSame ? [] : listed.NewlyBarred) await derived.UnbarAsync(id, phone, cancellation);
        Rules.Keep(new HouseholdMustNotBeErased(stored.Household.Erasure));
        // The first request may have ended half-way. Its mark, which this one wrote over, goes when nothing is left of what it stands for.
        var isTidied = listed.Mark is null || await changes.FollowUpAsync(durable, stored.Household, cancellation);
        await derived.FinishEarlierAsync(stored, isTidied ? listed.Listed : [], cancellation);
        if (!isSame) throw new ProblemException(Problem.IdUsedForAnotherOffer);
        await durable.StartHouseholdAsync(stored.Household, cancellation);
        return stored.Household;
    }
}
