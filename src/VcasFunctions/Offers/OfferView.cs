using Vcas.Domain.Calendar;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Offers;

/// <summary>One offer as it is answered: its state, what is planned, who to call and how, and its trail.</summary>
public sealed record OfferView
{
    /// <summary>The id that the officer's device made.</summary>
    public required Guid OfferId { get; init; }

    /// <summary>The short reference that people say aloud.</summary>
    public required string Reference { get; init; }

    /// <summary>Where the household stands.</summary>
    public required HouseholdState State { get; init; }

    /// <summary>What it said at the door.</summary>
    public required OfferAnswer Answer { get; init; }

    /// <summary>The team that attended.</summary>
    public required string Team { get; init; }

    /// <summary>Crime or investigation reference.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>The officer in the case: their name and how to reach them at work.</summary>
    public string? OfficerInCase { get; init; }

    /// <summary>When it was offered, UTC.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>When the first call falls due, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>From when the next call may be made, UTC.</summary>
    public DateTimeOffset? CallFrom { get; init; }

    /// <summary>When the present call becomes overdue, UTC.</summary>
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>Who calls.</summary>
    public required Assignee Assignee { get; init; }

    /// <summary>Who is calling just now; present where one offer is asked for or claimed, and somebody is.</summary>
    public ClaimView? Claim { get; init; }

    /// <summary>The hold in force.</summary>
    public HoldView? Hold { get; init; }

    /// <summary>Holds that ended, oldest first; present where one offer is asked for.</summary>
    public IReadOnlyList<EarlierHold>? EarlierHolds { get; init; }

    /// <summary>A death that whoever speaks with them must know of before anything else: the ordinary words don't do.</summary>
    public KnownDeath? Death { get; init; }

    /// <summary>How often support was really offered so far, at the door or later.</summary>
    public required int RealOffers { get; init; }

    /// <summary>Which offer the next call makes: first where nobody has really asked yet; present while a call lies ahead.</summary>
    public OfferTurn? NextOffer { get; init; }

    /// <summary>Attempts and the household's own contacts, oldest first.</summary>
    public required IReadOnlyList<Attempt> Attempts { get; init; }

    /// <summary>When and at which point support was accepted.</summary>
    public Acceptance? Acceptance { get; init; }

    /// <summary>The referral.</summary>
    public MadeReferralView? Referral { get; init; }

    /// <summary>Why nothing more is to be done.</summary>
    public Closing? Closing { get; init; }

    /// <summary>The danger that was recorded last, and whether anybody knows of it.</summary>
    public KnownDanger? Danger { get; init; }

    /// <summary>How it is reached when its call is due: phone, or visit; present while one lies ahead.</summary>
    public ContactRoad? Road { get; init; }

    /// <summary>That a safe route has to be found: since when, how often that was told of, and when it is told of next, UTC.</summary>
    public RouteTask? RouteTask { get; init; }

    /// <summary>What was put right in what was recorded, oldest first: as it stood before.</summary>
    public IReadOnlyList<Correction>? Corrections { get; init; }

    /// <summary>Why nothing of it may be erased yet, and when that is reviewed.</summary>
    public DisclosureHold? DisclosureHold { get; init; }

    /// <summary>When and why what told of the people was erased.</summary>
    public Erasure? Erasure { get; init; }

    /// <summary>
    /// For how many seconds the outcome that was recorded just now can be undone; present where it was, by whoever recorded it.
    /// </summary>
    public int? UndoSeconds { get; init; }

    /// <summary>What whoever recorded it should know at once.</summary>
    public string? Remark { get; init; }

    /// <summary>Other households of the own teams that have the same number or crime reference; present where that was recorded.</summary>
    public IReadOnlyList<AlikeHousehold>? Alike { get; init; }

    /// <summary>What a caller must know of the other households of its investigation; present where a call is claimed.</summary>
    public CaseView? Case { get; init; }

    /// <summary>What was recorded twice and is merged into this household, oldest first.</summary>
    public IReadOnlyList<MergedDuplicate>? Duplicates { get; init; }

    /// <summary>The ground for a disclosure.</summary>
    public LawfulBasis? LawfulBasis { get; init; }

    /// <summary>On what the force said that it relied when this was recorded.</summary>
    public required LawView Law { get; init; }

    /// <summary>What they said yes or no to, each time that it was recorded, oldest first. It is not the legal ground.</summary>
    public IReadOnlyList<Consent>? Consents { get; init; }

    /// <summary>Who lives there.</summary>
    public required HouseholdMembers Household { get; init; }

    /// <summary>Who is to be reached, and how.</summary>
    public ContactView? Contact { get; init; }

    /// <summary>What its safe hours say of this moment; present where one offer is asked for and somebody can be called.</summary>
    public SafeWindow? Safe { get; init; }

    /// <summary>
    /// When the present window for a call ends, UTC: from then on the number may not be shown. Absent where nothing ends it.
    /// </summary>
    public DateTimeOffset? WindowEndsAt { get; init; }

    /// <summary>Call-back hours that were opened for this household alone, Europe/London.</summary>
    public CallHours? CallHours { get; init; }

    /// <summary>True where no hour in which a call is safe lies in the hours in which calls are made; present with Safe.</summary>
    public bool? HoursNeverMeet { get; init; }

    /// <summary>What a caller must know.</summary>
    public required IReadOnlyList<Risk> Risks { get; init; }

    /// <summary>Whether a child here may be a direct victim.</summary>
    public bool ChildMayBeDirectVictim { get; init; }

    /// <summary>Since when nobody could be told in Teams that something is to be done, UTC; absent while somebody can.</summary>
    public DateTimeOffset? UntoldSince { get; init; }

    /// <summary>What happened, by role; present where one offer is asked for.</summary>
    public IReadOnlyList<TrailEntry>? Trail { get; init; }

    /// <summary>The view of an offer.</summary>
    public static OfferView Of(Household household, IReadOnlyList<TrailEntry>? trail = null) => new()
    {
        OfferId = household.Id,
        Reference = household.Reference,
        State = household.State,
        Answer = household.Details.Answer,
        Team = household.Details.Team,
        CrimeReference = household.Details.CrimeReference,
        OfficerInCase = household.Details.OfficerInCase,
        OfferedAt = household.Details.OfferedAt,
        RecordedAt = household.RecordedAt,
        DueAt = household.DueAt,
        CallFrom = household.CallFrom,
        OverdueAt = household.OverdueAt,
        Assignee = household.Assignee,
        Hold = HoldView.Of(household),
        EarlierHolds = trail is null ? null : EarlierHold.In(trail),
        Death = household.Death,
        RealOffers = household.RealOffers,
        NextOffer = household.IsOpen ? household.NextOffer : null,
        Attempts = household.Attempts,
        Acceptance = household.Acceptance,
        Referral = MadeReferralView.Of(household.Referral),
        Closing = household.Closing,
        Danger = KnownDanger.Of(household.Danger),
        Road = household.IsOpen ? household.Road : null,
        RouteTask = household.RouteTask,
        Corrections = household.Corrections.Count > 0 ? household.Corrections : null,
        DisclosureHold = household.DisclosureHold,
        Erasure = household.Erasure,
        Duplicates = household.Duplicates.Count > 0 ? household.Duplicates : null,
        LawfulBasis = household.Details.LawfulBasis,
        Law = LawView.Of(household.Law),
        Consents = household.Details.Consents.Count > 0 ? household.Details.Consents : null,
        Household = household.Details.Members,
        Contact = ContactView.Of(household.Details.Contact),
        CallHours = household.CallHours,
        Risks = household.Details.Risks,
        ChildMayBeDirectVictim = household.Details.ChildMayBeDirectVictim,
        UntoldSince = household.UntoldSince,
        Trail = trail,
    };

    /// <summary>A trail as those may know it who are not the household's supervisor.</summary>
    public static IReadOnlyList<TrailEntry> RedactTrail(IReadOnlyList<TrailEntry> trail) =>
        [.. trail.Where(entry => !entry.IsForSupervisor).Select((entry, index) => entry with { Number = index + 1 })];

    /// <summary>With what the safe hours say of this moment.</summary>
    public OfferView At(Moment moment)
    {
        if (Contact is not { HasNumber: true } contact) return this;
        var safe = SafeTimesText.At(SafeTimesText.Write(contact.SafeTimes), moment.Now);
        return this with
        {
            Safe = safe,
            WindowEndsAt = safe.EndsAt(SafeTimesText.Write(CallHours), moment.Now),
            HoursNeverMeet = !SafeHours.Meet(contact.SafeTimes, CallHours ?? moment.Calendar.Hours),
        };
    }
}
