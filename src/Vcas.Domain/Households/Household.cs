using Vcas.Domain.Calendar;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Households;

/// <summary>
/// A household from the offer at the door to its end: the one thing whose state changes. It has one course of contact, and any number of
/// referrals beside it. Immutable; every command is a guarded transition (from a state, at an instant, into a state plus events) that
/// either refuses with a named rule or gives a <see cref="Transition"/>. No clock of its own: the instant is handed in.
/// </summary>
public sealed record Household
{
    /// <summary>Made by the officer's device, so that a retry on a bad signal never records twice.</summary>
    public required Guid Id { get; init; }

    /// <summary>What the officer recorded, with later corrections. Personal data.</summary>
    public required OfferDetails Details { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The policy under which it was recorded, which holds for this household from then on.</summary>
    public required CallBackPolicy Policy { get; init; }

    /// <summary>On what the force said that it relied when this was recorded; null where it had set nothing.</summary>
    public LawInForce? Law { get; init; }

    /// <summary>The person or team that calls this household.</summary>
    public required Assignee Assignee { get; init; }

    /// <summary>
    /// The team's supervisor when it was recorded: a directory id, or null if the team named nobody. Told only where the settings in force
    /// name none.
    /// </summary>
    public string? Supervisor { get; init; }

    /// <summary>
    /// The operation under which it was recorded (W3C traceparent): whatever happens to the household later belongs to it.
    /// </summary>
    public string? Trace { get; init; }

    /// <summary>Who recorded it: a directory id, which stands in the trail's first entry too; null where nobody was signed in.</summary>
    public string? RecordedBy { get; init; }

    /// <summary>Events so far; the number of the last one.</summary>
    public int Revision { get; init; }

    /// <summary>Where the calls stand.</summary>
    public required ContactCourse Course { get; init; }

    /// <summary>What was sent to VCAS, or is to be, oldest first.</summary>
    public IReadOnlyList<Referral> Referrals { get; init; } = [];

    /// <summary>When the first call falls due, UTC; null if no call will be made.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the first call became due, UTC.</summary>
    public DateTimeOffset? FirstDueAt { get; init; }

    /// <summary>Whether the first call became due while nobody knew a safe way to reach it.</summary>
    public bool WasDueWithoutRoute { get; init; }

    /// <summary>When a call became overdue and nobody had ever dialled, UTC: a missed call-back, whatever came later.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>Whether the call was ever held.</summary>
    public bool WasHeld { get; init; }

    /// <summary>A death that a caller must know of.</summary>
    public KnownDeath? Death { get; init; }

    /// <summary>Attempts, oldest first.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>Attempts that were undone, by their ids: whatever sends one again records none.</summary>
    public IReadOnlyList<Guid> UndoneAttempts { get; init; } = [];

    /// <summary>How it was before its last attempt, where nothing has happened since.</summary>
    public UndoableAttempt? Undoable { get; init; }

    /// <summary>Other offers of which the supervisor has decided that they don't keep this household from being called.</summary>
    public IReadOnlyList<Guid> Overruled { get; init; } = [];

    /// <summary>Other records of this household that were merged into this one, oldest first.</summary>
    public IReadOnlyList<MergedDuplicate> Duplicates { get; init; } = [];

    /// <summary>Call-back hours that a supervisor opened for this household alone; null if the team's hours apply. Personal data.</summary>
    public CallHours? CallHours { get; init; }

    /// <summary>The danger that was recorded last, and whether anybody knows of it.</summary>
    public Danger? Danger { get; init; }

    /// <summary>That a safe route has to be found; null where one is known, or nobody waits for one any more.</summary>
    public RouteTask? RouteTask { get; init; }

    /// <summary>Whether somebody decided that they be visited, although a number is known.</summary>
    public bool VisitPlanned { get; init; }

    /// <summary>The corrections of the details, oldest first. Personal data.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>Why nothing of it may be erased yet; null where nothing stands against it.</summary>
    public DisclosureHold? DisclosureHold { get; init; }

    /// <summary>Whether it ever was under such a hold. Its events are no work with the household: no period begins anew by them.</summary>
    public bool WasDisclosureHeld { get; init; }

    /// <summary>When and why the details of the people were erased.</summary>
    public Erasure? Erasure { get; init; }

    /// <summary>
    /// What must still leave the service, oldest first: written with the transition that asks for it, taken away once the
    /// outside has confirmed it.
    /// </summary>
    public IReadOnlyList<Dispatch> Outbox { get; init; } = [];

    /// <summary>
    /// Since when the people who have to act could not be told in Teams, UTC; null while they can. The lists show it: they are
    /// then the only prompt.
    /// </summary>
    public DateTimeOffset? UntoldSince { get; init; }

    /// <summary>The household's state.</summary>
    public HouseholdState State => Course.State;

    /// <summary>Whether a call may still be made one day.</summary>
    public bool IsOpen => Course is ContactCourse.Open;

    /// <summary>Whether it said yes, and VCAS can't be told, because nobody knows a safe way to reach it.</summary>
    public bool AwaitsRoute => Course is ContactCourse.Referred && Referrals.Any(referral => referral.State == ReferralState.AwaitingRoute);

    /// <summary>Whether nobody can reach it: for a call that it waits for, or to support it; or its number is wrong.</summary>
    public bool NeedsSafeRoute =>
        (IsOpen && (!Details.HasSafeRoute || KnownHold?.Reason == HoldReason.WrongNumber)) || AwaitsRoute;

    /// <summary>How it is reached when it is due: phoned where a number is known that isn't wrong, unless a visit was decided on.</summary>
    public ContactRoad Road => VisitPlanned || !Details.HasNumber || KnownHold?.Reason == HoldReason.WrongNumber
        ? ContactRoad.Visit
        : ContactRoad.Phone;

    /// <summary>Whether nobody is told that a safe route has to be found, because the call is held for another reason.</summary>
    internal bool IsRouteTaskPaused => KnownHold is { Reason: not HoldReason.WrongNumber };

    /// <summary>From when the next call may be made, UTC; null where none is planned.</summary>
    public DateTimeOffset? CallFrom => (Course as ContactCourse.Open)?.CallFrom;

    /// <summary>When the present call becomes overdue, UTC; null where none is due.</summary>
    public DateTimeOffset? OverdueAt => (Course as ContactCourse.Due)?.OverdueAt;

    /// <summary>When the next reminder goes out, UTC; null where no call is due.</summary>
    public DateTimeOffset? NextReminderAt => (Course as ContactCourse.Due)?.NextReminderAt;

    /// <summary>The hold in force, or null if nobody holds the call.</summary>
    public Hold? Hold => (Hold?)SupervisorHold ?? KnownHold;

    /// <summary>The hold that everybody knows of.</summary>
    public KnownHold? KnownHold => Course switch
    {
        ContactCourse.Held held => held.Hold,
        ContactCourse.HeldForSupervisor held => held.Beneath,
        _ => null,
    };

    /// <summary>The hold that awaits the supervisor's decision, of which nobody else knows.</summary>
    public SupervisorHold? SupervisorHold => (Course as ContactCourse.HeldForSupervisor)?.Hold;

    /// <summary>Whether it is held for the supervisor's decision, of which nobody else knows.</summary>
    public bool IsHeldForSupervisor => Course is ContactCourse.HeldForSupervisor;

    /// <summary>The household's state as everybody knows it.</summary>
    public HouseholdState KnownState => Course switch
    {
        ContactCourse.HeldForSupervisor { Beneath: null } => HouseholdState.Waiting,
        var known => known.State,
    };

    /// <summary>Why the household is closed; null while it isn't.</summary>
    public Closing? Closing => (Course as ContactCourse.Closed)?.Closing;

    /// <summary>
    /// The referral of the household as a whole, which is the only one so far; null where none was made. Its id is the household's.
    /// </summary>
    public Referral? Referral => this.FindReferral(Id);

    /// <summary>
    /// The ground for a disclosure: as an officer recorded it, or as the force had set it; null where nobody has said any.
    /// </summary>
    public LawfulBasis? GroundForDisclosure => Details.LawfulBasis ?? Law?.Article6;

    /// <summary>When support was accepted, and at which point.</summary>
    public Acceptance? Acceptance => Referral?.Acceptance;

    /// <summary>Whether the household counts in the figures: mistakes and duplicates don't.</summary>
    public bool IsCounted => Closing?.Withdrawal is not (WithdrawalReason.RecordedInError or WithdrawalReason.Duplicate);

    /// <summary>The latest attempt, or null.</summary>
    public Attempt? LastAttempt => Attempts.Count > 0 ? Attempts[^1] : null;

    /// <summary>
    /// Attempts to call back: a check that found it unsafe is none, and who went there before the household was due did not do it in the
    /// place of the call.
    /// </summary>
    public IEnumerable<Attempt> CallBackAttempts => Attempts.Where(attempt => attempt is { WasMade: true, Early: false });

    /// <summary>Calls that nobody answered since the household was last spoken to: the policy's attempts are counted by them.</summary>
    public int UnansweredCalls => Unanswered.Count(attempt => attempt.By == AttemptWay.Phone);

    /// <summary>Visits and letters that reached nobody since then, of a household that was due: the policy's visits are counted.</summary>
    public int UnansweredVisits => Unanswered.Count(attempt => attempt is { Early: false, By: not AttemptWay.Phone });

    /// <summary>How often support was really offered and answered, at the door or later, in our calls or in theirs.</summary>
    public int RealOffers => (Details.Answer.WasReallyOffered() ? 1 : 0)
        + RefusalsAtCalls + (Acceptance is { } acceptance && acceptance.When.AnswersALaterOffer() ? 1 : 0);

    /// <summary>How often support was really offered and declined.</summary>
    public int Refusals => (Details.Answer == OfferAnswer.Declined ? 1 : 0) + RefusalsAtCalls;

    /// <summary>Which offer the next call makes: its words are others.</summary>
    public OfferTurn NextOffer => RealOffers == 0 ? OfferTurn.First : OfferTurn.Second;

    /// <summary>A short reference for people to say aloud. It says nothing about the household.</summary>
    public string Reference => ReferenceOf(Id);

    private IEnumerable<Attempt> Unanswered => Attempts.Reverse().TakeWhile(attempt => !attempt.ReachedHousehold)
        .Where(attempt => attempt is { Direction: CallDirection.Outgoing, Late: false } && attempt.Outcome.IsUnanswered());

    private int RefusalsAtCalls => Attempts.Count(attempt => attempt.Outcome.IsRefusal());

    /// <summary>The reference of a household: <c>CB-</c> and the first six hexadecimal digits of its id.</summary>
    public static string ReferenceOf(Guid id) => $"CB-{id.ToString("N")[..6].ToUpperInvariant()}";

    /// <summary>
    /// This household after <paramref name="events"/>: the revision counts them, and no attempt before them is undone any more.
    /// </summary>
    internal Transition After(params IReadOnlyList<HouseholdEvent> events) =>
        new(this with { Revision = Revision + events.Count, Undoable = null }, events);

    /// <summary>Nothing has changed: the command was applied before, or there was nothing to do.</summary>
    internal Transition Unchanged() => new(this, []);

    /// <summary>Only the id and the state, so that no log, trace or exception shows more.</summary>
    public override string ToString() => $"{Id} {State}";
}

/// <summary>A household after a command, and what happened. No events: nothing changed.</summary>
public sealed record Transition(Household Household, IReadOnlyList<HouseholdEvent> Events)
{
    /// <summary>Whether the command changed anything that must be stored.</summary>
    public bool IsChange => Events.Count > 0;

    /// <summary>This, and what follows for the household as it is after it.</summary>
    public Transition Then(Func<Household, Transition> next)
    {
        var then = next(Household);
        return then with { Events = [.. Events, .. then.Events] };
    }
}

/// <summary>What a transition may know of the outside: the instant (UTC) and the calendar.</summary>
public sealed record Moment(DateTimeOffset Now, CallBackCalendar Calendar);
