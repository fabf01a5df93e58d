using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace VcasFunctions.Households;

/// <summary>What of an offer tells of its people, kept apart from the rest so that it can be sealed: whom to call, who lives there,
/// what endangers them, and the references under which others know the case.</summary>
internal sealed record PersonalData
{
    public SafeContact? Contact { get; init; }

    public Household Household { get; init; } = Household.Unknown;

    public IReadOnlyList<Risk> Risks { get; init; } = [];

    public string? CrimeReference { get; init; }

    public string? CaseReference { get; init; }

    public CallHours? CallHours { get; init; }

    public IReadOnlyList<string?> NotificationReferences { get; init; } = [];

    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    public static PersonalData Of(Offer offer) => new()
    {
        Contact = offer.Details.Contact,
        Household = offer.Details.Household,
        Risks = offer.Details.Risks,
        CrimeReference = offer.Details.CrimeReference,
        CaseReference = offer.Referral?.CaseReference,
        CallHours = offer.CallHours,
        NotificationReferences = [.. (offer.Danger?.Measures ?? []).Select(measure => measure.Reference)],
        Corrections = offer.Corrections,
    };

    /// <summary>The offer with only codes and instants.</summary>
    public static Offer RemovedFrom(Offer offer) => new PersonalData().AddedTo(offer);

    /// <summary>The event with only codes and instants: VCAS's reference is sealed in the offer.</summary>
    public static OfferEvent RemovedFrom(OfferEvent happened) =>
        happened is ReferralAnswered answered ? new ReferralAnswered(answered.Answer with { CaseReference = null }) : happened;

    /// <summary>The offer with these people in it.</summary>
    public Offer AddedTo(Offer offer) => offer with
    {
        Details = offer.Details with { Contact = Contact, Household = Household, Risks = Risks, CrimeReference = CrimeReference },
        CallHours = CallHours,
        Referral = offer.Referral is { } referral ? referral with { CaseReference = CaseReference } : null,
        Danger = offer.Danger is { } danger
            ? danger with
            {
                Measures = [.. danger.Measures.Select(
                (measure, index) => measure with { Reference = NotificationReferences.ElementAtOrDefault(index) })]
            }
            : null,
        Corrections = Corrections,
    };
}
