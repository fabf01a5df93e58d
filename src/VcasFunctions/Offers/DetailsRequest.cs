using Vcas.Domain.Households;
using Vcas.Domain.Teams;

namespace VcasFunctions.Offers;

/// <summary>A correction: what is given replaces what was, what is left out stays.</summary>
public sealed record DetailsRequest
{
    /// <summary>What the household said at the door: declined or notAsked, before the first call.</summary>
    public OfferAnswer? Answer { get; init; }

    /// <summary>When it was offered, before the first call. The day of the call moves with it.</summary>
    public DateTimeOffset? OfferedAt { get; init; }

    /// <summary>True confirms a date long before the offer was recorded.</summary>
    public bool? OfferedAtConfirmed { get; init; }

    /// <summary>The team that attended, one of your own. Whoever calls for it calls from now on.</summary>
    public string? Team { get; init; }

    /// <summary>The ground for a disclosure.</summary>
    public LawfulBasis? LawfulBasis { get; init; }

    /// <summary>Crime or investigation reference; an empty text takes it away.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>
    /// The officer in the case: their name and how to reach them at work, at most 100 characters; an empty text takes it away.
    /// </summary>
    public string? OfficerInCase { get; init; }

    /// <summary>The people who live there.</summary>
    public HouseholdRequest? Household { get; init; }

    /// <summary>What a caller must know; an empty list takes all away.</summary>
    public IReadOnlyList<Risk>? Risks { get; init; }

    /// <summary>Whether a child here may be a direct victim.</summary>
    public bool? ChildMayBeDirectVictim { get; init; }

    /// <summary>What they said yes or no to, in the place of what was recorded last; an empty object takes that away.</summary>
    public ConsentRequest? Consent { get; init; }
}
