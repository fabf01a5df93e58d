using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Vcas.Domain;
using Vcas.Domain.Offers;
using Vcas.Domain.Reporting;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Problems;
using VcasFunctions.Tables;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Households;

/// <summary>How an offer comes in: once, however often it is sent.</summary>
public sealed partial class HouseholdCommands
{
    /// <summary>Records an offer: true when it is new, false when the very same was recorded before.</summary>
    /// <param name="durable">Wakes households.</param>
    /// <param name="recorded">The offer.</param>
    /// <param name="never">The number (E.164) that is never to be called, where that is what was said: the offer doesn't keep it.</param>
    /// <param name="requestHash">Of the request.</param>
    /// <param name="actor">Who records it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ProblemException">The id stands for another offer.</exception>
    public async Task<(Offer Offer, bool IsNew)> RecordAsync(
        DurableTaskClient durable, Transition recorded, string? never, string requestHash, Actor actor, CancellationToken cancellation)
    {
        using var span = HouseholdTrace.Begin("record a household");
        recorded = recorded with { Offer = recorded.Offer with { Trace = HouseholdTrace.Current } };
        var offer = recorded.Offer;
        var rows = RowsOf(offer);
        using var turn = await locks.TakeAsync(offer.Id, cancellation);
        var noted = days.AddAsync(offer.Id, offer.RecordedAt, cancellation);
        var indexed = index.PutAsync(offer, cancellation);
        // Where no list will show the household, a mark stands for it until all is done.
        IReadOnlyList<ListRow> places = rows.Count > 0 ? rows : [callBacks.MarkOf(offer.Id, offer.Revision)];
        var listed = await PutAsync(places, cancellation);
        // Before the offer, which doesn't keep the number: where the offer then isn't stored, the sweep finds the mark above and frees it.
        var isNewlyBarred = never is not null && await neverCalled.AddAsync(offer.Id, never, actor, offer.RecordedAt, cancellation);
        await Task.WhenAll(noted, indexed, NoteHeldAsync(null, offer, cancellation));

        if (await store.TryAddAsync(recorded, requestHash, actor, offer.RecordedAt, cancellation))
        {
            // A process may have slept in the middle of this, or its clock have been put forward: the sweep took its rows for remnants.
            if (settings.Moment.Now - offer.RecordedAt > LongestRecording)
            {
                await PutAsync(places, cancellation);
                await index.PutAsync(offer, cancellation);
                if (never is not null) await neverCalled.AddAsync(offer.Id, never, actor, offer.RecordedAt, cancellation);
            }

            var plan = await KnownPlanAsync(offer, cancellation);
            // Neither asks for the other, and until both are done the offer stands in a list.
            await Task.WhenAll(
                register.TryAddAsync(HouseholdRecord.Of(offer), cancellation), durable.StartHouseholdAsync(offer, cancellation, plan));
            var isTidied = never is null || await HoldOthersAsync(durable, offer.Id, never, actor.Role, cancellation);
            if (rows.Count == 0 && isTidied) await callBacks.MarkOf(offer.Id, offer.Revision).RemoveAsync(cancellation);
            span.RecordEvents(offer, recorded.Events);
            Metrics.Count(recorded, settings.Moment.Now);
            log.LogInformation("Offer {Reference} recorded, {State}", offer.Reference, offer.State);
            return (offer, true);
        }

        var known = await FindRecordedAsync(durable, offer.Id, listed, requestHash, isNewlyBarred ? never : null, cancellation);
        await ShownAsync(offer.Id, actor, cancellation);
        return (known, false);
    }

    // Somebody may have asked that the number never be called while this was being stored, too early to find it. Then the household's
    // orchestration reads its plan, and holds it. A household that is held for this already is asked about all the same: an answer that
    // came sooner would tell of it.
    private async Task<Plan?> KnownPlanAsync(Offer offer, CancellationToken cancellation) =>
        offer is { IsOpen: true, Details.Contact: { } contact }
        && await barriers.DoNotCallAsync(contact.Phone, offer.Id, cancellation) is not null
            ? null
            : Plan.For(offer);

    /// <summary>The offer that the request of this hash recorded before; null where it recorded none.</summary>
    public async Task<Offer?> FindSameAsync(Guid id, string requestHash, Actor actor, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } known || !known.WasRecordedBy(requestHash)) return null;
        await ShownAsync(id, actor, cancellation);
        return known.Offer;
    }

    private async Task<Offer> FindRecordedAsync(
        DurableTaskClient durable,
        Guid id,
        IReadOnlyList<ListRow> listed,
        string requestHash,
        string? never,
        CancellationToken cancellation)
    {
        var stored = await FindAsync(id, cancellation);
        // What another body said under this id counts for nothing.
        if (never is not null && !stored.WasRecordedBy(requestHash)) await neverCalled.RemoveAsync(id, never, cancellation);
        Rules.Keep(new HouseholdMustNotBeErased(stored.Offer.Erasure));
        // The first request may have ended half-way: finish what it began, and take away what this one listed in vain.
        await RegisterIfNeededAsync(stored.Offer, cancellation);
        await TakeBackAsync(stored, listed, cancellation);
        if (!stored.WasRecordedBy(requestHash)) throw new ProblemException(Problem.IdUsedForAnotherOffer);
        await durable.StartHouseholdAsync(stored.Offer, cancellation);
        return stored.Offer;
    }
}
