using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using Vcas.Domain.Reporting;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests;

/// <summary>
/// One household's course, told as a story: it keeps the clock, the offer and the trail, and after every step that changes
/// something it checks that the stored record equals the recount and that the revision counts the events.
/// </summary>
internal sealed class Course
{
    private readonly List<RecordedEvent> trail = [];

    public Course(OfferDetails? details = null, CallBackPolicy? policy = null, Team? team = null, DateTimeOffset? recordedAt = null)
    {
        details ??= Given.Details();
        Now = recordedAt ?? details.OfferedAt;
        Household = Take(OfferTransitions.Record(Given.Id, details, team ?? Given.Team, policy ?? Given.Policy, Given.SchemeStart, Moment));
    }

    public DateTimeOffset Now { get; private set; }
    public Household Household { get; private set; }
    public IReadOnlyList<RecordedEvent> Trail => trail;
    public Moment Moment => Given.Moment(Now);
    public Plan Plan => Plan.For(Household);
    public HouseholdRecord Record => HouseholdRecord.Of(Household);
    public IEnumerable<DispatchKind> Outbox => Household.Outbox.Select(dispatch => dispatch.Kind);
    public IEnumerable<string> Happened => trail.Select(entry => entry.Event.GetType().Name);

    public Course At(DateTimeOffset instant)
    {
        Assert.True(instant >= Now, $"A story goes forward: it is {Now:u} and {instant:u} was asked for.");
        Now = instant;
        return this;
    }

    /// <summary>The clock ran ahead, and is put right to an instant.</summary>
    public Course PutRightTo(DateTimeOffset instant)
    {
        Assert.True(instant < Now, $"It is {Now:u}, which is not ahead of {instant:u}.");
        Now = instant;
        return Does((household, moment) => household.PutRight(moment));
    }

    public Course AtLondon(string wall) => At(Given.London(wall));
    public Course WhenItWakes() => At(Plan.WakeAt ?? Now);

    public Course Does(Func<Household, Moment, Transition> command)
    {
        Household = Take(command(Household, Moment));
        return this;
    }

    public int IsRefused(Func<Household, Moment, Transition> command) => Given.RefusalOf(() => command(Household, Moment));
    public bool ChangesNothing(Func<Household, Moment, Transition> command)
    {
        var transition = command(Household, Moment);
        return !transition.IsChange && ReferenceEquals(transition.Household, Household);
    }

    public Course Starts() => At(Household.CallFrom is { } callFrom && callFrom > Now ? callFrom : Now)
        .Does((household, moment) => household.StartCallBack(moment));
    public Course Attempts(CallOutcome outcome, HoldReason? reason = null, DateTimeOffset? again = null) =>
        Does((household, moment) => household.RecordAttempt(Attempt(outcome, reason, again), moment));

    /// <summary>Somebody calls, and may undo what they record of it for twenty seconds.</summary>
    public Course Tells(CallOutcome outcome, HoldReason? reason = null, DateTimeOffset? again = null) => Does((household, moment) =>
        household.RecordAttempt(
            Attempt(outcome, reason, again), moment, undo: new UndoTerms(Lifecycle.Commands.Caller, moment.Now.AddSeconds(20))));

    /// <summary>They undo it.</summary>
    public Course Undoes() => Does((household, moment) =>
        household.UndoAttempt(household.LastAttempt!.AttemptId, Lifecycle.Commands.Caller, moment));

    /// <summary>Somebody goes there.</summary>
    public Course Visits(CallOutcome outcome, SafeContact? contact = null, DateTimeOffset? again = null, HoldReason? reason = null) =>
        Tries(AttemptWay.Visit, outcome, contact, again, reason);

    /// <summary>Somebody tries to reach them by this way.</summary>
    public Course Tries(
        AttemptWay by, CallOutcome outcome, SafeContact? contact = null, DateTimeOffset? again = null, HoldReason? reason = null) =>
        Does((household, moment) => household.RecordAttempt(Attempt(outcome, reason, again) with { By = by }, moment, contact));

    /// <summary>They ring by themselves, and nobody has checked anything before.</summary>
    public Course RingsUs(CallOutcome outcome, HoldReason? reason = null, DateTimeOffset? again = null) =>
        Does((household, moment) => household.RecordAttempt(Incoming(outcome, reason, again), moment));

    public Attempt Incoming(CallOutcome outcome, HoldReason? reason = null, DateTimeOffset? again = null) =>
        Attempt(outcome, reason, again) with { SafetyChecked = false, Direction = CallDirection.Incoming };

    public Attempt Attempt(CallOutcome outcome, HoldReason? reason = null, DateTimeOffset? again = null, Guid? id = null) =>
        new(id ?? Guid.NewGuid(), Now, outcome, SafetyChecked: true, reason, again);

    public Course Accepts(bool householdAsked = false, SafeContact? contact = null) =>
        Does((household, moment) => household.Accept(moment.Now, householdAsked, contact, null, moment));

    public Course Withdraws(WithdrawalReason reason) => Does((household, moment) => household.Withdraw(reason, moment));
    public Course Answers(ReferralAnswerKind kind, string messageId, RejectionReason? rejection = null, int? version = null) =>
        Does((household, moment) => household.ReceiveAnswer(
            household.Id, new ReferralAnswer(messageId, kind, "V-1", rejection, Version: version), moment));

    /// <summary>Everything leaves: messages as the queue takes them, notifications without a trace.</summary>
    public Course Sends()
    {
        foreach (var dispatch in Household.Outbox)
        {
            if (dispatch.IsMessage) Does((household, moment) => household.MessageSent(household.Id, dispatch.Id, moment));
            else Household = Household.NoticeSent(dispatch.Id);
        }

        Assert.Empty(Household.Outbox);
        return this;
    }

    private Household Take(Transition transition)
    {
        trail.AddRange(transition.Events.Select(happened => new RecordedEvent(Now, happened)));
        Assert.Equal(trail.Count, transition.Household.Revision);
        Assert.Equal(Recount.Of(transition.Household.Id, trail), HouseholdRecord.Of(transition.Household));
        return transition.Household;
    }
}
