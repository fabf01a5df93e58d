using Vcas.Domain.Audit;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Offers;

/// <summary>
/// A household's offer from the door to its end: the one thing whose state changes. Immutable; every command is a guarded
/// transition (from a state, at an instant, into a state plus events) that either refuses with a named rule or gives a
/// <see cref="Transition"/>. No clock of its own: the instant is handed in.
/// </summary>
public sealed record Offer
{
    /// <summary>Made by the officer's device, so that a retry on a bad signal never records twice.</summary>
    public required Guid Id { get; init; }

    /// <summary>The household's state.</summary>
    public required OfferState State { get; init; }

    /// <summary>What the officer recorded, with later corrections. Personal data.</summary>
    public required OfferDetails Details { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The policy under which it was recorded, which holds for this household from then on.</summary>
    public required CallBackPolicy Policy { get; init; }

    /// <summary>The person or team that calls this household.</summary>
    public required Assignee Assignee { get; init; }

    /// <summary>Who is told when something is missed: a directory id, or null if the team names nobody.</summary>
    public string? Supervisor { get; init; }

    /// <summary>
    /// The operation under which it was recorded (W3C traceparent): whatever happens to the household later belongs to it.
    /// </summary>
    public string? Trace { get; init; }

    /// <summary>Events so far; the number of the last one.</summary>
    public int Revision { get; init; }

    /// <summary>When the first call falls due, UTC; null if no call will be made.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>From when the next call may be made, UTC: the due instant, the next attempt, or the time the household asked for.</summary>
    public DateTimeOffset? CallFrom { get; init; }

    /// <summary>When the first call became due, UTC.</summary>
    public DateTimeOffset? FirstDueAt { get; init; }

    /// <summary>When the present call becomes overdue, UTC.</summary>
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>When the next reminder goes out, UTC.</summary>
    public DateTimeOffset? NextReminderAt { get; init; }

    /// <summary>When a call became overdue and nobody had ever dialled, UTC: a missed call-back, whatever came later.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>Reminders sent since the present call became due.</summary>
    public int Reminders { get; init; }

    /// <summary>Attempts, oldest first.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>The latest attempt, or null.</summary>
    public Attempt? LastAttempt => Attempts.Count > 0 ? Attempts[^1] : null;

    /// <summary>Whether somebody has dialled at all: a check that found it unsafe is no call.</summary>
    public bool WasDialled => Attempts.Any(attempt => attempt.WasDialled);

    /// <summary>Calls that nobody answered since the household was last spoken to: the policy's attempts are counted by them.</summary>
    public int UnansweredCalls => Attempts.Reverse().TakeWhile(attempt => !attempt.ReachedHousehold)
        .Count(attempt => attempt is { Outcome: CallOutcome.NoAnswer, Direction: CallDirection.Outgoing, Late: false });

    /// <summary>How often support was really offered and answered, at the door or later, in our calls or in theirs.</summary>
    public int RealOffers => (Details.Answer.WasReallyOffered() ? 1 : 0)
        + RefusalsAtCalls + (Acceptance is { } acceptance && acceptance.When.AnswersALaterOffer() ? 1 : 0);

    /// <summary>How often support was really offered and declined.</summary>
    public int Refusals => (Details.Answer == OfferAnswer.Declined ? 1 : 0) + RefusalsAtCalls;

    /// <summary>Which offer the next call makes: its words are others.</summary>
    public OfferTurn NextOffer => RealOffers == 0 ? OfferTurn.First : OfferTurn.Second;

    /// <summary>The hold in force, or null if nobody holds the call.</summary>
    public Hold? Hold { get; init; }

    /// <summary>Whether it is held for the supervisor's decision, of which nobody else knows.</summary>
    public bool IsHeldForSupervisor => Hold is { } hold && hold.Reason.IsForSupervisor();

    /// <summary>The hold that everybody knows of.</summary>
    public Hold? KnownHold => IsHeldForSupervisor ? Hold!.Beneath : Hold;

    /// <summary>The household's state as everybody knows it.</summary>
    public OfferState KnownState => !IsHeldForSupervisor ? State : Hold!.Beneath is null ? OfferState.Waiting : OfferState.Held;

    /// <summary>Other offers of which the supervisor has decided that they don't keep this household from being called.</summary>
    public IReadOnlyList<Guid> Overruled { get; init; } = [];

    /// <summary>Whether the call was ever held.</summary>
    public bool WasHeld { get; init; }

    /// <summary>Call-back hours that a supervisor opened for this household alone; null if the team's hours apply. Personal data.</summary>
    public CallHours? CallHours { get; init; }

    /// <summary>A death that a caller must know of.</summary>
    public KnownDeath? Death { get; init; }

    /// <summary>When support was accepted, and at which point.</summary>
    public Acceptance? Acceptance { get; init; }

    /// <summary>The referral, once support was accepted.</summary>
    public Referral? Referral { get; init; }

    /// <summary>Why the offer is closed; null while it is open.</summary>
    public Closing? Closing { get; init; }

    /// <summary>The danger that was recorded last, and whether anybody knows of it.</summary>
    public Danger? Danger { get; init; }

    /// <summary>The corrections of the details, oldest first. Personal data.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

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

    private int RefusalsAtCalls => Attempts.Count(attempt => attempt.Outcome.IsRefusal());

    /// <summary>Whether a call may still be made one day.</summary>
    public bool IsOpen => State is OfferState.Waiting or OfferState.Due or OfferState.Held;

    /// <summary>Whether the household counts in the figures: mistakes and duplicates don't.</summary>
    public bool IsCounted => Closing?.Withdrawal is not (WithdrawalReason.RecordedInError or WithdrawalReason.Duplicate);

    /// <summary>A short reference for people to say aloud. It says nothing about the household.</summary>
    public string Reference => ReferenceOf(Id);

    /// <summary>The reference of an offer: <c>CB-</c> and the first six hexadecimal digits of its id.</summary>
    public static string ReferenceOf(Guid id) => $"CB-{id.ToString("N")[..6].ToUpperInvariant()}";

    /// <summary>This offer after <paramref name="events"/>: the revision counts them.</summary>
    internal Transition After(params IReadOnlyList<OfferEvent> events) => new(this with { Revision = Revision + events.Count }, events);

    /// <summary>Nothing has changed: the command was applied before, or there was nothing to do.</summary>
    internal Transition Unchanged() => new(this, []);

    /// <summary>Only the id and the state, so that no log, trace or exception shows more.</summary>
    public override string ToString() => $"{Id} {State}";
}

/// <summary>An offer after a command, and what happened. No events: nothing changed.</summary>
public sealed record Transition(Offer Offer, IReadOnlyList<OfferEvent> Events)
{
    /// <summary>Whether the command changed anything that must be stored.</summary>
    public bool IsChange => Events.Count > 0;
}

/// <summary>What a transition may know of the outside: the instant (UTC) and the calendar.</summary>
public sealed record Moment(DateTimeOffset Now, CallBackCalendar Calendar);

/// <summary>When support was accepted, and at which point.</summary>
/// <param name="When">At which point of the household's course.</param>
/// <param name="At">UTC.</param>
public sealed record Acceptance(AcceptedWhen When, DateTimeOffset At);

/// <summary>Why and when nothing more was to be done.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">UTC.</param>
/// <param name="Withdrawal">Why the police took it back, if they did.</param>
/// <param name="NeverTakenBackAt">Since when the number may be called again although this household asked that it never be, UTC.</param>
public sealed record Closing(
    ClosingReason Reason, DateTimeOffset At, WithdrawalReason? Withdrawal = null, DateTimeOffset? NeverTakenBackAt = null);

/// <summary>The erasure of the details of the people.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">UTC.</param>
public sealed record Erasure(ErasureReason Reason, DateTimeOffset At);

/// <summary>The kinds of messages that leave the service.</summary>
public enum DispatchKind
{
    /// <summary>To VCAS: a new referral.</summary>
    ReferralMade,

    /// <summary>To VCAS: a referral has changed.</summary>
    ReferralAmended,

    /// <summary>To VCAS: a referral is taken back.</summary>
    ReferralWithdrawn,

    /// <summary>To the caller: a call-back is due.</summary>
    CallBackDue,

    /// <summary>To the caller: it is still due.</summary>
    CallBackReminder,

    /// <summary>To the supervisor: nobody has called.</summary>
    CallBackOverdue,

    /// <summary>To the supervisor: a hold needs a decision: its review date has come, or nobody else may decide.</summary>
    HoldReview,

    /// <summary>To the supervisor: no call-back hour is safe for this household.</summary>
    SafeHoursUnmet,

    /// <summary>To the supervisor: something said under another offer keeps a household from being called; they decide.</summary>
    DecisionNeeded,

    /// <summary>To the supervisor: a call is due, and nobody knows a number that is safe.</summary>
    SafeRouteNeeded,

    /// <summary>To the supervisor: VCAS has not answered.</summary>
    AnswerMissing,

    /// <summary>To the supervisor: VCAS has refused the referral.</summary>
    ReferralRejected,

    /// <summary>To the supervisor: a household said something of which nothing can follow by itself, and somebody has to look.</summary>
    LateOutcome,

    /// <summary>To the supervisor: a danger was recorded.</summary>
    DangerRecorded,

    /// <summary>To the deputy, or to the call-back team: nobody has acknowledged it.</summary>
    DangerUnacknowledged,
}

/// <summary>
/// Something that must leave the service, by a stable id: <c>made</c>, <c>amended-2</c>, <c>withdrawn</c>, <c>reminder-3</c>.
/// It holds no content; that is made from the offer when it is sent.
/// </summary>
public sealed record Dispatch(string Id, DispatchKind Kind)
{
    private const string Amended = "amended-";

    /// <summary>Tells VCAS of a referral's later version.</summary>
    public static Dispatch AmendedTo(int version) => new($"{Amended}{version}", DispatchKind.ReferralAmended);

    /// <summary>The version of the referral that it tells VCAS of.</summary>
    public int Version => Kind == DispatchKind.ReferralAmended ? int.Parse(Id.AsSpan(Amended.Length)) : 1;

    /// <summary>Whether it goes to VCAS's queue; otherwise it is a notification to somebody in the force.</summary>
    public bool IsMessage => Kind is DispatchKind.ReferralMade or DispatchKind.ReferralAmended or DispatchKind.ReferralWithdrawn;

    /// <summary>Whether it is about a danger.</summary>
    public bool IsDanger => Kind is DispatchKind.DangerRecorded or DispatchKind.DangerUnacknowledged;

    /// <summary>
    /// Whether it leaves whatever becomes of the call meanwhile; what tells of a call is overtaken by what happens to it.
    /// </summary>
    public bool IsLasting => IsMessage || IsDanger;
}
