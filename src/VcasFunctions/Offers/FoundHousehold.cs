using Vcas.Domain.Households;
using VcasFunctions.Access;

namespace VcasFunctions.Offers;

/// <summary>What a search found. Nobody's name, number or risk is in it.</summary>
/// <param name="Count">How many are shown.</param>
/// <param name="More">Whether there are more than are shown.</param>
/// <param name="Households">Newest first.</param>
public sealed record SearchAnswer(int Count, bool More, IReadOnlyList<FoundHousehold> Households);

/// <summary>
/// One household that was found: enough to tell which one it is and what to open. An administrator, who looks for somebody's data, gets no
/// more than where it is.
/// </summary>
public sealed record FoundHousehold
{
    /// <summary>The offer's id.</summary>
    public required Guid OfferId { get; init; }

    /// <summary>The short reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The team that made the offer.</summary>
    public required string Team { get; init; }

    /// <summary>When it was offered, UTC.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>What the household said at the door.</summary>
    public OfferAnswer? Answer { get; init; }

    /// <summary>Where the household stands.</summary>
    public HouseholdState? State { get; init; }

    /// <summary>Why it was closed.</summary>
    public ClosingReason? ClosingReason { get; init; }

    /// <summary>Where its referral stands.</summary>
    public ReferralState? ReferralState { get; init; }

    /// <summary>What became of the offer.</summary>
    public Became? Became { get; init; }

    /// <summary>Which offer the next call makes; present while a call lies ahead.</summary>
    public OfferTurn? NextOffer { get; init; }

    /// <summary>Whether a call lies ahead and no safe number is known.</summary>
    public bool? NeedsSafeRoute { get; init; }

    /// <summary>Whether the person who asks recorded it.</summary>
    public bool? Mine { get; init; }

    /// <summary>Where a household is, and no more.</summary>
    internal static FoundHousehold PlaceOf(Household household) => new()
    {
        OfferId = household.Id,
        Reference = household.Reference,
        Team = household.Details.Team,
        OfferedAt = household.Details.OfferedAt,
    };

    /// <summary>A household as those know it who work with it.</summary>
    internal static FoundHousehold Of(Household household, RequestAccess access, DateTimeOffset now)
    {
        var known = KnownOf(household, access, now);
        return PlaceOf(known) with
        {
            Answer = known.Details.Answer,
            State = known.State,
            ClosingReason = known.Closing?.Reason,
            ReferralState = known.Referral?.State,
            Became = BecameOf.Of(known),
            NextOffer = known.IsOpen ? known.NextOffer : null,
            NeedsSafeRoute = known.NeedsSafeRoute,
            Mine = string.Equals(known.RecordedBy, access.Person.Id, StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>What its supervisor decides is for them alone, whatever other roles somebody has.</summary>
    internal static Household KnownOf(Household household, RequestAccess access, DateTimeOffset now) =>
        access.Reaches([Role.Supervisor], household) ? household : household.AsOthersKnowIt(now);
}
