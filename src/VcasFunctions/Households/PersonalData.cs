using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace VcasFunctions.Households;

/// <summary>What of an offer tells of its people, kept apart from the rest so that it can be sealed: whom to call, who lives there,
/// what endangers them, the references under which others know the case, and the officer in it.</summary>
internal sealed record PersonalData
{
    public SafeContact? Contact { get; init; }

    public HouseholdMembers Members { get; init; } = HouseholdMembers.Unknown;

    public IReadOnlyList<Risk> Risks { get; init; } = [];

    public bool ChildMayBeDirectVictim { get; init; }

    public string? CrimeReference { get; init; }

    public string? OfficerInCase { get; init; }

    /// <summary>By which VCAS knows the case, referral by referral.</summary>
    public IReadOnlyList<string?> CaseReferences { get; init; } = [];

    public CallHours? CallHours { get; init; }

    public IReadOnlyList<string?> NotificationReferences { get; init; } = [];

    public IReadOnlyList<string?> EarlierNotificationReferences { get; init; } = [];

    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    public IReadOnlyList<Consent> Consents { get; init; } = [];

    public static PersonalData Of(Household household) => new()
    {
        Contact = household.Details.Contact,
        Members = household.Details.Members,
        Risks = household.Details.Risks,
        ChildMayBeDirectVictim = household.Details.ChildMayBeDirectVictim,
        CrimeReference = household.Details.CrimeReference,
        OfficerInCase = household.Details.OfficerInCase,
        CaseReferences = [.. household.Referrals.Select(referral => referral.CaseReference)],
        CallHours = household.CallHours,
        NotificationReferences = ReferencesOf(household.Danger?.Measures),
        EarlierNotificationReferences = ReferencesOf(household.Danger?.EarlierMeasures),
        Corrections = household.Corrections,
        Consents = household.Details.Consents,
    };

    /// <summary>The offer with only codes and instants.</summary>
    public static Household RemovedFrom(Household household) => new PersonalData().AddedTo(household);

    /// <summary>The event with only codes and instants: VCAS's reference is sealed in the offer.</summary>
    public static HouseholdEvent RemovedFrom(HouseholdEvent happened) =>
        happened is ReferralAnswered answered ? new ReferralAnswered(answered.Answer with { CaseReference = null }) : happened;

    /// <summary>The offer with these people in it.</summary>
    public Household AddedTo(Household household) => household with
    {
        Details = household.Details with
        {
            Contact = Contact,
            Members = Members,
            Risks = Risks,
            ChildMayBeDirectVictim = ChildMayBeDirectVictim,
            CrimeReference = CrimeReference,
            OfficerInCase = OfficerInCase,
            Consents = Consents,
        },
        CallHours = CallHours,
        Referrals = [.. household.Referrals.Select(
            (referral, index) => referral with { CaseReference = CaseReferences.ElementAtOrDefault(index) })],
        Danger = household.Danger is { } danger
            ? danger with
            {
                Measures = With(danger.Measures, NotificationReferences),
                EarlierMeasures = With(danger.EarlierMeasures, EarlierNotificationReferences),
            }
            : null,
        Corrections = Corrections,
    };

    private static IReadOnlyList<string?> ReferencesOf(IReadOnlyList<DangerMeasure>? measures) =>
        [.. (measures ?? []).Select(measure => measure.Reference)];

    private static IReadOnlyList<DangerMeasure> With(IReadOnlyList<DangerMeasure> measures, IReadOnlyList<string?> references) =>
        [.. measures.Select((measure, index) => measure with { Reference = references.ElementAtOrDefault(index) })];
}
