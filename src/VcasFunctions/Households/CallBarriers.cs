using Vcas.Domain.Households;
using VcasFunctions.Access;

namespace VcasFunctions.Households;

/// <summary>
/// What was said under other offers and keeps a household from being called. It is asked whenever somebody could come to call: when
/// an offer is recorded, shown, due, reminded of, attempted. Going through the other households of a number is tidying; this is what holds.
/// </summary>
public sealed class CallBarriers(DoNotCallRegister register, LikeHouseholds likes)
{
    /// <summary>
    /// Whether somebody asked, under another offer, that this household's number never be called, and its supervisor does not know of
    /// it yet; null where nobody did.
    /// </summary>
    public async Task<CallBarrier?> DoNotCallAsync(Household household, CancellationToken cancellation) =>
        await MarksAsync(CallableNumbers(household), cancellation) is { Count: > 0 } marks
            ? Of(marks, household.Id, household.Overruled) : null;

    /// <summary>
    /// The same, or that support was accepted for the number under another offer since: asked where a call is about to be made.
    /// </summary>
    public async Task<CallBarrier?> OfAsync(Household household, CancellationToken cancellation) =>
        (await LookAsync(household, cancellation)).Barrier;

    /// <summary>The same, and the other households with one of its numbers, which cost no further look.</summary>
    public async Task<NumberLook> LookAsync(Household household, CancellationToken cancellation)
    {
        if (!household.IsHeldLessThanFor(HoldReason.LikelyDuplicate))
            return new NumberLook(await DoNotCallAsync(household, cancellation), []);
        if (CallableNumbers(household) is not { Count: > 0 } numbers) return new NumberLook(null, []);
        var (marks, found) = (MarksAsync(numbers, cancellation), likes.WithNumbersAsync(household.Id, numbers, cancellation));
        await Task.WhenAll(marks, found);
        var others = await found;
        if (Of(await marks, household.Id, household.Overruled) is { } never) return new NumberLook(never, others);
        var accepted = others.FirstOrDefault(other =>
            !household.Overruled.Contains(other.Id) && IsAcceptedSince(other, household));
        return new NumberLook(
            accepted is null ? null : new CallBarrier(HoldReason.LikelyDuplicate, accepted.Id, Actor.System.Role), others);
    }

    /// <summary>
    /// Whether somebody asked, under another offer, that one of these numbers never be called: all that is asked when they are recorded.
    /// </summary>
    public async Task<CallBarrier?> DoNotCallAsync(IReadOnlyList<string> numbers, Guid offerId, CancellationToken cancellation) =>
        Of(await MarksAsync(numbers, cancellation), offerId, []);

    private async Task<IReadOnlyList<DoNotCallEntry>> MarksAsync(IReadOnlyList<string> numbers, CancellationToken cancellation) =>
        [.. (await Task.WhenAll(numbers.Select(phone => register.FindAsync(phone, cancellation)))).SelectMany(marks => marks)];

    // The numbers of a household that somebody could come to call.
    private static IReadOnlyList<string> CallableNumbers(Household household) =>
        household.IsOpen && household.IsHeldLessThanFor(HoldReason.NeverToBeCalled) ? household.Details.Numbers : [];

    private static CallBarrier? Of(IReadOnlyList<DoNotCallEntry> marks, Guid offerId, IReadOnlyList<Guid> overruled) =>
        marks.Where(mark => mark.OfferId != offerId && !overruled.Contains(mark.OfferId))
            .OrderBy(mark => mark.At).FirstOrDefault() is { } first
            ? new CallBarrier(HoldReason.NeverToBeCalled, first.OfferId, first.By)
            : null;

    private static bool IsAcceptedSince(Household other, Household household) =>
        other is { State: HouseholdState.Referred, IsCounted: true, Referral.State: not ReferralState.Withdrawn, Acceptance.At: var at }
        && at >= household.Details.OfferedAt
        && other.Details.Numbers.Intersect(household.Details.Numbers).Any();
}

/// <summary>What was found when a household's number was looked at.</summary>
/// <param name="Barrier">What keeps it from being called; null where nothing does.</param>
/// <param name="Others">The other households with the number, whosever they are.</param>
public sealed record NumberLook(CallBarrier? Barrier, IReadOnlyList<Household> Others);

/// <summary>What keeps a household from being called.</summary>
/// <param name="Reason">Why.</param>
/// <param name="CausedBy">The other offer.</param>
/// <param name="By">The role in which somebody said it there.</param>
public sealed record CallBarrier(HoldReason Reason, Guid CausedBy, string By)
{
    /// <summary>The household held for its supervisor's decision, or as it was where that stands already.</summary>
    public Transition Apply(Household household, Moment moment) => household.HoldForSupervisor(Reason, CausedBy, By, moment);

    /// <summary>The change, and the household held after it, where it could still be called.</summary>
    public Transition After(Transition change, Moment moment) => change.Then(household => Apply(household, moment));
}
