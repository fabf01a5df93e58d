using Vcas.Domain.CallBacks;
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
        Offer = Take(OfferTransitions.Record(Given.Id, details, team ?? Given.Team, policy ?? Given.Policy, Given.SchemeStart, Moment));
    }

    public DateTimeOffset Now { get; private set; }
    public Offer Offer { get; private set; }
    public IReadOnlyList<RecordedEvent> Trail => trail;
    public Moment Moment => Given.Moment(Now);
    public Plan Plan => Plan.For(Offer);
    public HouseholdRecord Record => HouseholdRecord.Of(Offer);
    public IEnumerable<DispatchKind> Outbox => Offer.Outbox.Select(dispatch => dispatch.Kind);
    public IEnumerable<string> Happened => trail.Select(entry => entry.Event.GetType().Name);

    public Course At(DateTimeOffset instant)
    {
        Assert.True(instant >= Now, $"A story goes forward: it is {Now:u} and {instant:u} was asked for.");
        Now = instant;
        return this;
    }

    public Course AtLondon(string wall) => At(Given.London(wall));
    public Course WhenItWakes() => At(Plan.WakeAt ?? Now);

    public Course Does(Func<Offer, Moment, Transition> command)
    {
        Offer = Take(command(Offer, Moment));
        return this;
    }

    public int IsRefused(Func<Offer, Moment, Transition> command) => Given.RefusalOf(() => command(Offer, Moment));
    public bool ChangesNothing(Func<Offer, Moment, Transition> command)
    {
        var transition = command(Offer, Moment);
        return !transition.IsChange && ReferenceEquals(transition.Offer, Offer);
    }

    public Course Starts() => WhenItWakes().Does((offer, moment) => offer.StartCallBack(moment));
    public Course Attempts(CallOutcome outcome, HoldReason? reason = null, DateTimeOffset? again = null) =>
        Does((offer, moment) => offer.RecordAttempt(Attempt(outcome, reason, again), moment));

    /// <summary>They ring by themselves, and nobody has checked anything before.</summary>
    public Course RingsUs(CallOutcome outcome, HoldReason? reason = null, DateTimeOffset? again = null) =>
        Does((offer, moment) => offer.RecordAttempt(Incoming(outcome, reason, again), moment));

    public Attempt Incoming(CallOutcome outcome, HoldReason? reason = null, DateTimeOffset? again = null) =>
        Attempt(outcome, reason, again) with { SafetyChecked = false, Direction = CallDirection.Incoming };

    public Attempt Attempt(CallOutcome outcome, HoldReason? reason = null, DateTimeOffset? again = null, Guid? id = null) =>
        new(id ?? Guid.NewGuid(), Now, outcome, SafetyChecked: true, reason, again);

    public Course Accepts(bool householdAsked = false, SafeContact? contact = null) =>
        Does((offer, moment) => offer.Accept(moment.Now, householdAsked, contact, null, moment));

    public Course Withdraws(WithdrawalReason reason) => Does((offer, moment) => offer.Withdraw(reason, moment));
    public Course Answers(ReferralAnswerKind kind, string messageId, RejectionReason? rejection = null, int? version = null) =>
        Does((offer, moment) => offer.ReceiveAnswer(new ReferralAnswer(messageId, kind, "V-1", rejection, Version: version), moment));

    /// <summary>Everything leaves: messages as the queue takes them, notifications without a trace.</summary>
    public Course Sends()
    {
        foreach (var dispatch in Offer.Outbox)
        {
            if (dispatch.IsMessage) Does((offer, moment) => offer.MessageSent(dispatch.Id, moment));
            else Offer = Offer.NoticeSent(dispatch.Id);
        }

        Assert.Empty(Offer.Outbox);
        return this;
    }

    private Offer Take(Transition transition)
    {
        trail.AddRange(transition.Events.Select(happened => new RecordedEvent(Now, happened)));
        Assert.Equal(trail.Count, transition.Offer.Revision);
        Assert.Equal(Recount.Of(transition.Offer.Id, trail), HouseholdRecord.Of(transition.Offer));
        return transition.Offer;
    }
}
