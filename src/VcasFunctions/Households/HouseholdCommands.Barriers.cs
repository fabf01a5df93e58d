using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;
using VcasFunctions.Access;

namespace VcasFunctions.Households;

/// <summary>
/// What is said of a number under one offer and holds for others. The register is asked before anybody is shown or called; going through
/// the other households of the number spares their supervisors the time until then. What fails half-way is left for the sweep.
/// </summary>
public sealed partial class HouseholdCommands
{
    /// <summary>
    /// Asks what was said of a household's number under other offers, before it is shown or called, and holds the household for its
    /// supervisor where it must not be. True where it was held now.
    /// </summary>
    public async Task<bool> HoldIfBarredAsync(DurableTaskClient durable, Offer offer, CancellationToken cancellation)
    {
        if (await barriers.OfAsync(offer, cancellation) is not { } barrier) return false;
        await HoldAsync(durable, offer.Id, barrier, cancellation);
        return true;
    }

    /// <summary>The same for a household that somebody of the force is about to command.</summary>
    public async Task HoldIfBarredAsync(DurableTaskClient durable, Guid id, RequestAccess access, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { Offer: var offer } || !access.Reaches(offer)) return;
        if (await barriers.DoNotCallAsync(offer, cancellation) is { } barrier) await HoldAsync(durable, id, barrier, cancellation);
    }

    /// <summary>
    /// The time of a call has come: unless somebody asked meanwhile, under whatever offer, that the number never be called, or accepted
    /// support there. Then the household is held for its supervisor instead.
    /// </summary>
    public async Task<Plan> StartCallBackAsync(Guid id, CancellationToken cancellation)
    {
        var barrier = await barriers.OfAsync(await ReadAsync(id, cancellation), cancellation);
        return await AdvanceAsync(id, barrier, (offer, moment) => offer.StartCallBack(moment), cancellation);
    }

    /// <summary>Nobody has called so far.</summary>
    public async Task<Plan> RemindAsync(Guid id, CancellationToken cancellation)
    {
        var barrier = await barriers.DoNotCallAsync(await ReadAsync(id, cancellation), cancellation);
        return await AdvanceAsync(id, barrier, (offer, moment) => offer.Remind(moment), cancellation);
    }

    /// <summary>What a household waits for, after a look at what was said of its number while it was being stored.</summary>
    public async Task<Plan> PlanAsync(Guid id, CancellationToken cancellation)
    {
        var offer = await ReadAsync(id, cancellation);
        return await barriers.DoNotCallAsync(offer, cancellation) is { } barrier
            ? await AdvanceAsync(id, barrier, (now, _) => new Transition(now, []), cancellation)
            : Plan.For(offer);
    }

    private Task<Plan> AdvanceAsync(
        Guid id, CallBarrier? barrier, Func<Offer, Moment, Transition> command, CancellationToken cancellation) =>
        AdvanceAsync(
            id, (offer, moment) => barrier?.Apply(offer, moment) is { IsChange: true } held ? held : command(offer, moment), cancellation);

    /// <summary>Other offers of a number that wait to be called, as far as they are the visitor's to know.</summary>
    public async Task<IReadOnlyList<Offer>> OthersOpenAsync(Guid id, string phone, RequestAccess access, CancellationToken cancellation)
    {
        var others = new List<Offer>();
        foreach (var other in (await index.FindByPhoneAsync(phone, cancellation)).Where(other => other != id))
        {
            if (await store.FindAsync(other, cancellation) is not { Offer: { IsOpen: true } offer }
                || offer.Details.Contact?.Phone != phone)
                continue;
            if (access.Reaches(offer)) others.Add(offer);
        }

        return others;
    }

    /// <summary>An offer that never came to be stored bars no number.</summary>
    public Task FreeNumberOfUnbornAsync(Guid id, CancellationToken cancellation) => neverCalled.RemoveAsync(id, phone: null, cancellation);

    // What follows for other households of the number: `before` is null where nobody knows what has been done.
    private async Task<bool> FollowUpAsync(
        DurableTaskClient? durable, Offer? before, Offer after, Actor actor, CancellationToken cancellation)
    {
        if (Asks(after) && (before is null || !Asks(before)))
        {
            // While the number is still known: once the household is erased nobody could tell that it must not be called.
            var phone = after.Details.Contact?.Phone;
            if (phone is not null) await neverCalled.AddAsync(after.Id, phone, actor, settings.Moment.Now, cancellation);
            return await HoldOthersAsync(durable, after.Id, phone, actor.Role, cancellation);
        }

        // It was a mistake, it was taken back, or the household came forward by itself.
        if (before is not null && Asks(before) && IsFree(after))
        {
            await neverCalled.RemoveAsync(after.Id, phone: null, cancellation);
            return await ReleaseOthersAsync(durable, after.Id, cancellation);
        }

        // Who is recorded in error, or whose referral is taken back, is nobody's duplicate any more.
        return before is not { State: OfferState.Referred } || after.State != OfferState.Closed || await ReleaseOthersAsync(
            durable, after.Id, cancellation);

        static bool IsFree(Offer offer) =>
            offer.Closing is null or { NeverTakenBackAt: not null } or { Withdrawal: WithdrawalReason.RecordedInError };
    }

    private static bool Asks(Offer offer) => offer.Closing is { Reason: ClosingReason.DoNotContact, NeverTakenBackAt: null };

    // Whoever says again what was stored already may have been told of a failure before: what follows from it may not have been done, and
    // must have been when they are told that it is recorded.
    private Task FollowUpAgainAsync(DurableTaskClient? durable, Offer offer, Actor actor, CancellationToken cancellation) =>
        actor.Id is not null && Asks(offer) ? FollowUpAsync(durable, before: null, offer, actor, cancellation) : Task.CompletedTask;

    // From here on the register holds whoever is shown or about to be called; this is for those who would be looked at last.
    private async Task<bool> HoldOthersAsync(
        DurableTaskClient? durable, Guid causedBy, string? phone, string by, CancellationToken cancellation)
    {
        var isDone = true;
        // An offer that was recorded with this answer doesn't keep its number: the register knows its hash.
        var hashes = phone is null ? await neverCalled.HashesOfAsync(causedBy, cancellation) : [];
        var others = phone is null
            ? await index.FindByHashesAsync(hashes, cancellation)
            : await index.FindByPhoneAsync(phone, cancellation);
        foreach (var other in others.Where(other => other != causedBy))
        {
            isDone &= await TryAsync(other, async () =>
            {
                // The index may be ahead of the offer, or behind it.
                if (await store.FindAsync(other, cancellation) is not { Offer: { IsOpen: true, Details.Contact.Phone: var known } }) return;
                if (phone is null ? !index.IsOneOf(hashes, known) : known != phone) return;
                await HoldAsync(durable, other, new CallBarrier(HoldReason.NeverToBeCalled, causedBy, by), cancellation);
            });
        }

        return isDone;
    }

    private async Task<bool> ReleaseOthersAsync(DurableTaskClient? durable, Guid causedBy, CancellationToken cancellation)
    {
        var isDone = true;
        foreach (var held in await neverCalled.HeldForAsync(causedBy, cancellation))
        {
            isDone &= await TryAsync(held, async () =>
            {
                if (await store.FindAsync(held, cancellation) is not null)
                    await ChangeAndWakeAsync(durable, held, (offer, moment) => offer.EndHoldFor(causedBy, moment), cancellation);
                await neverCalled.ForgetHeldAsync(causedBy, held, cancellation);
            });
        }

        return isDone;
    }

    private Task HoldAsync(DurableTaskClient? durable, Guid id, CallBarrier barrier, CancellationToken cancellation) =>
        ChangeAndWakeAsync(durable, id, barrier.Apply, cancellation);

    // Before it is held: whoever takes the other's word back finds it.
    private Task NoteHeldAsync(Offer? before, Offer after, CancellationToken cancellation) =>
        after is { IsHeldForSupervisor: true, Hold.CausedBy: { } causedBy } && before?.Hold?.CausedBy != causedBy
            ? neverCalled.NoteHeldAsync(causedBy, after.Id, cancellation)
            : Task.CompletedTask;

    private async Task ChangeAndWakeAsync(
        DurableTaskClient? durable, Guid id, Func<Offer, Moment, Transition> command, CancellationToken cancellation)
    {
        var (before, after) = await ChangeAsync(durable, id, command, Actor.System, cancellation);
        if (durable is not null && after.Revision != before.Revision) await durable.WakeHouseholdAsync(before, after, cancellation);
    }

    // One household that can't be reached now keeps no other from being held, and nobody's own word from being kept.
    private async Task<bool> TryAsync(Guid id, Func<Task> tidy)
    {
        try
        {
            await tidy();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(
                "{Reference} could not be held for what was said of its number: {Failure}", Offer.ReferenceOf(id), failure.GetType().Name);
            return false;
        }
    }
}
