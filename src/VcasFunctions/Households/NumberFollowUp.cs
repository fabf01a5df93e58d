using Microsoft.Extensions.Logging;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Settings;

namespace VcasFunctions.Households;

/// <summary>Changes another household and wakes it.</summary>
internal delegate Task ChangeOther(Guid id, Func<Household, Moment, Transition> command, CancellationToken cancellation);

/// <summary>
/// What is said of a number under one offer and follows for the other households of the number. The register is asked before anybody is
/// shown or called; going through the others spares their supervisors the time until then. What fails half-way is left for the sweep.
/// </summary>
public sealed class NumberFollowUp(
    DoNotCallRegister doNotCall, HouseholdIndex index, HouseholdStore store, VcasSettings settings, ILogger<NumberFollowUp> log)
{
    /// <summary>Whether a household asks that its number never be called.</summary>
    internal static bool AsksNeverToBeCalled(Household household) =>
        household.Closing is { Reason: ClosingReason.DoNotContact, NeverTakenBackAt: null };

    /// <summary>Does what follows from a change. False where something is left to do.</summary>
    /// <param name="before">The household before; null where nobody knows what has been done.</param>
    /// <param name="after">The household as it is.</param>
    /// <param name="actor">Who changed it.</param>
    /// <param name="change">Changes another household.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task<bool> AfterChangeAsync(
        Household? before, Household after, Actor actor, ChangeOther change, CancellationToken cancellation)
    {
        if (AsksNeverToBeCalled(after) && (before is null || !AsksNeverToBeCalled(before)))
        {
            // While the numbers are still known: once the household is erased nobody could tell that it must not be called.
            var numbers = after.Details.Numbers;
            foreach (var phone in numbers) await doNotCall.AddAsync(after.Id, phone, actor, settings.Moment.Now, cancellation);
            return await HoldOthersAsync(after.Id, numbers, actor.Role, change, cancellation);
        }

        // It was a mistake, it was taken back, or the household came forward by itself.
        if (before is not null && AsksNeverToBeCalled(before) && IsFree(after))
        {
            await doNotCall.RemoveAsync(after.Id, phone: null, cancellation);
            return await ReleaseOthersAsync(after.Id, change, cancellation);
        }

        // Who is recorded in error, or whose referral is taken back or undone, is nobody's duplicate any more.
        return before is not { State: HouseholdState.Referred }
            || after.State == HouseholdState.Referred
            || await ReleaseOthersAsync(after.Id, change, cancellation);

        static bool IsFree(Household household) =>
            household.Closing is null or { NeverTakenBackAt: not null } or { Withdrawal: WithdrawalReason.RecordedInError };
    }

    /// <summary>
    /// Does it again. Whoever says again what was stored already may have been told of a failure before: what follows from it may not have
    /// been done, and must have been when they are told that it is recorded.
    /// </summary>
    internal Task AfterNoChangeAsync(Household household, Actor actor, ChangeOther change, CancellationToken cancellation) =>
        actor.Id is not null && AsksNeverToBeCalled(household)
            ? AfterChangeAsync(before: null, household, actor, change, cancellation)
            : Task.CompletedTask;

    /// <summary>
    /// Holds the other households of some numbers. From here on the register holds whoever is shown or about to be called; this is for
    /// those who would be looked at last.
    /// </summary>
    internal async Task<bool> HoldOthersAsync(
        Guid causedBy, IReadOnlyList<string> numbers, string by, ChangeOther change, CancellationToken cancellation)
    {
        var isDone = true;
        // An offer that was recorded with this answer doesn't keep its number: the register knows its hash.
        var hashes = numbers.Count == 0 ? await doNotCall.HashesOfAsync(causedBy, cancellation) : [];
        var others = numbers.Count == 0
            ? await index.FindByHashesAsync(hashes, cancellation)
            : await index.FindByPhonesAsync(numbers, cancellation);
        var barrier = new CallBarrier(HoldReason.NeverToBeCalled, causedBy, by);
        foreach (var other in others.Where(other => other != causedBy))
        {
            isDone &= await TryAsync(other, async () =>
            {
                // The index may be ahead of the offer, or behind it.
                var found = await store.FindAsync(other, cancellation);
                if (found is not { Household: { IsOpen: true, Details.Numbers: var known } }) return;
                if (!known.Any(phone => numbers.Count == 0 ? index.IsOneOf(hashes, phone) : numbers.Contains(phone))) return;
                await change(other, barrier.Apply, cancellation);
            });
        }

        return isDone;
    }

    private async Task<bool> ReleaseOthersAsync(Guid causedBy, ChangeOther change, CancellationToken cancellation)
    {
        var isDone = true;
        foreach (var held in await doNotCall.HeldForAsync(causedBy, cancellation))
        {
            isDone &= await TryAsync(held, async () =>
            {
                if (await store.FindAsync(held, cancellation) is not null)
                    await change(held, (household, moment) => household.EndHoldFor(causedBy, moment), cancellation);
                await doNotCall.ForgetHeldAsync(causedBy, held, cancellation);
            });
        }

        return isDone;
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
                "{Reference} could not be held for what was said of its number: {Failure}",
                Household.ReferenceOf(id),
                failure.GetType().Name);
            return false;
        }
    }
}
