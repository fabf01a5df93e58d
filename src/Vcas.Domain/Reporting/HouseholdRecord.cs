using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Reporting;

/// <summary>What happened to a household's referral.</summary>
public enum ReferralOutcome
{
    /// <summary>VCAS has not decided yet.</summary>
    Awaited,

    /// <summary>VCAS has taken it on, and has not finished.</summary>
    TakenOn,

    /// <summary>VCAS has refused it.</summary>
    Rejected,

    /// <summary>The police have taken it back.</summary>
    Withdrawn,

    /// <summary>VCAS has finished; the closure says how.</summary>
    Closed,
}

/// <summary>
/// What the figures need of one household, and nothing else: no person, no reference that anybody could read, no text. It stays when the
/// household itself is erased, so that the statistics still add up.
/// </summary>
public sealed record HouseholdRecord
{
    /// <summary>The offer's id, or an id made from an imported row.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the offer was made, UTC; its month in London is the report's.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>The team that made it.</summary>
    public required string Team { get; init; }

    /// <summary>What the household said at the door.</summary>
    public required OfferAnswer Answer { get; init; }

    /// <summary>False for what was recorded in error or twice.</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>Whether somebody really asked and the household answered: at the door, in a call, or because it came forward.</summary>
    public bool WasAsked => RealOffers > 0;

    /// <summary>At which point support was accepted.</summary>
    public AcceptedWhen? AcceptedWhen { get; init; }

    /// <summary>When the first call became due, UTC.</summary>
    public DateTimeOffset? CallBackDueAt { get; init; }

    /// <summary>When somebody first dialled, UTC.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }

    /// <summary>Attempts in which somebody dialled; a check that found the call unsafe does not count.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts at a time that the household had not named as safe.</summary>
    public int AttemptsOutsideSafeHours { get; init; }

    /// <summary>How often support was really offered: a household with none was never really asked.</summary>
    public int RealOffers { get; init; }

    /// <summary>Contacts that the household made by itself: neither attempts nor missed calls.</summary>
    public int IncomingContacts { get; init; }

    /// <summary>Whether anybody was spoken to, whoever called.</summary>
    public bool WasReached { get; init; }

    /// <summary>Whether the call was ever held.</summary>
    public bool WasHeld { get; init; }

    /// <summary>Whether a call became overdue before anybody had ever dialled.</summary>
    public bool WasMissed { get; init; }

    /// <summary>Attempts in which somebody went there or wrote a letter by hand; they are among <see cref="Attempts"/>.</summary>
    public int Visits { get; init; }

    /// <summary>Whether the first call became due while nobody knew a safe way to reach it.</summary>
    public bool WasDueWithoutRoute { get; init; }

    /// <summary>Whether a safe route has to be found now: for a call, or for VCAS to be told of a yes.</summary>
    public bool NeedsSafeRoute { get; init; }

    /// <summary>Whether a call may still be made one day: waiting, due or held.</summary>
    public bool IsOpen { get; init; }

    /// <summary>When the referral was first taken by the queue, UTC.</summary>
    public DateTimeOffset? ReferredAt { get; init; }

    /// <summary>When VCAS accepted or rejected it, UTC.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>What happened to the referral; null if none was made here.</summary>
    public ReferralOutcome? Referral { get; init; }

    /// <summary>How VCAS's support ended.</summary>
    public ClosureReason? Closure { get; init; }

    /// <summary>True for a household imported from before the system, for which no call was recorded.</summary>
    public bool IsHistory { get; init; }

    /// <summary>
    /// Which investigation it belongs to, as a keyed hash that tells no more than that two households have the same; null where none is
    /// known.
    /// </summary>
    public string? Investigation { get; init; }

    /// <summary>The calendar month in London.</summary>
    public string Month => CallBackCalendar.MonthOf(OfferedAt);

    /// <summary>What the figures need of this offer.</summary>
    public static HouseholdRecord Of(Household household) => new()
    {
        Id = household.Id,
        OfferedAt = household.Details.OfferedAt,
        Team = household.Details.Team,
        Answer = household.Details.Answer,
        IsCounted = household.IsCounted,
        AcceptedWhen = household.Acceptance?.When,
        CallBackDueAt = household.FirstDueAt,
        FirstAttemptAt = household.CallBackAttempts.FirstOrDefault()?.At,
        Attempts = household.CallBackAttempts.Count(),
        AttemptsOutsideSafeHours = household.Attempts.Count(attempt => attempt.OutsideSafeHours),
        RealOffers = household.RealOffers,
        IncomingContacts = household.Attempts.Count(attempt => attempt.Direction == CallDirection.Incoming),
        WasReached = household.Attempts.Any(attempt => attempt.ReachedHousehold),
        WasHeld = household.WasHeld,
        WasMissed = household.MissedAt is not null,
        Visits = household.CallBackAttempts.Count(attempt => attempt.By.IsVisit()),
        WasDueWithoutRoute = household.WasDueWithoutRoute,
        NeedsSafeRoute = household.NeedsSafeRoute,
        IsOpen = household.IsOpen,
        ReferredAt = household.Referral?.FirstSentAt,
        AnsweredAt = household.Referral?.AnsweredAt,
        Referral = OutcomeOf(household.Referral?.State),
        Closure = household.Referral?.ClosureReason,
    };

    private static ReferralOutcome? OutcomeOf(ReferralState? state) => state switch
    {
        null => null,
        ReferralState.Accepted => ReferralOutcome.TakenOn,
        ReferralState.Rejected => ReferralOutcome.Rejected,
        ReferralState.Withdrawn => ReferralOutcome.Withdrawn,
        ReferralState.Closed => ReferralOutcome.Closed,
        _ => ReferralOutcome.Awaited,
    };
}
