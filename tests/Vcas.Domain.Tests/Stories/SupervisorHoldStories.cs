using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Stories;

/// <summary>
/// What was said under another offer keeps a household from being called until its supervisor has decided, and nobody else knows.
/// </summary>
public sealed class SupervisorHoldStories
{
    private static readonly Guid Other = Guid.Parse("0a3a91c2-0000-4000-8000-00000000000a");

    [Fact]
    public void To_others_it_waits_as_planned_and_after_that_until_it_is_looked_at_again()
    {
        var plain = new Course();
        var course = new Course().Does(Bar);
        Assert.Equal((HouseholdState.Held, HouseholdState.Waiting), (course.Household.State, course.Household.KnownState));
        Assert.Equal(Shown(plain.Household, plain.Now), Shown(course.Household, course.Now));
        course.At(Given.DueAt.AddDays(1)).Does((household, moment) => household.ReviewHold(moment));
        Assert.Equal(
            (HouseholdState.Waiting, course.Household.Hold!.ReviewAt),
            Shown(course.Household, course.Now) is var (state, from) ? (state, from!.Value) : default);

        static (HouseholdState State, DateTimeOffset? CallFrom) Shown(Household household, DateTimeOffset now) =>
            (household.AsOthersKnowIt(now).State, household.AsOthersKnowIt(now).CallFrom);
    }

    [Fact]
    public void No_time_ends_it_and_the_supervisor_is_told_again_and_again()
    {
        var course = new Course().Starts().Does(Bar);
        Assert.Equal([DispatchKind.DecisionNeeded], course.Outbox);
        for (var review = 0; review < 5; review++)
        {
            course.WhenItWakes().Does((household, moment) => household.ReviewHold(moment));
            Assert.Equal((HouseholdState.Held, DispatchKind.DecisionNeeded), (course.Household.State, Assert.Single(course.Outbox)));
        }
    }

    [Fact]
    public void Others_can_neither_call_nor_release_it_and_are_refused_as_if_it_waited()
    {
        var course = new Course().Does(Bar);
        Assert.Equal(3001, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.Declined), moment)));
        Assert.Equal(3008, course.IsRefused((household, moment) => household.ReleaseHold(moment)));
        Assert.Equal(
            HouseholdState.Waiting, course.Does((household, moment) => household.ReleaseHold(moment, isSupervisor: true)).Household.State);
        // Decided: that offer stands in the way no longer, another does.
        Assert.True(course.ChangesNothing(Bar));
        Assert.False(course.ChangesNothing(
            (household, moment) => household.HoldForSupervisor(HoldReason.LikelyDuplicate, Guid.NewGuid(), "officer", moment)));
    }

    [Fact]
    public void A_hold_that_everybody_knows_of_stands_beneath_and_each_ends_by_itself()
    {
        var course = new Course().Does(Hold).Does(Bar);
        Assert.Equal(HoldReason.BailChanged, course.Household.KnownHold!.Reason);
        course.Does((household, moment) => household.ReleaseHold(moment));
        Assert.Equal((HouseholdState.Held, HouseholdState.Waiting), (course.Household.State, course.Household.KnownState));
        course.Does(Hold).Does((household, moment) => household.EndHoldFor(Other, moment));
        Assert.Equal((HouseholdState.Held, HoldReason.BailChanged), (course.Household.State, course.Household.Hold!.Reason));

        static Transition Hold(
            Household household, Moment moment) => household.PlaceHold(HoldReason.BailChanged, moment.Now.AddDays(5), moment);
    }

    [Fact]
    public void What_they_say_when_they_ring_stands_beneath_and_ends_nothing_that_is_the_supervisors()
    {
        var course = new Course().Does(Bar).RingsUs(CallOutcome.UnsafeToCall, HoldReason.SuspectAtAddress);
        Assert.Equal(
            (HoldReason.NeverToBeCalled, HoldReason.SuspectAtAddress), (course.Household.Hold!.Reason, course.Household.KnownHold!.Reason));
        Assert.Contains(DispatchKind.DecisionNeeded, course.Outbox);
        Assert.Equal(Other, course.Household.SupervisorHold!.CausedBy);
    }

    [Fact]
    public void Another_number_lets_it_go_and_a_wrong_one_beneath_with_it()
    {
        var course = new Course().Starts().Attempts(CallOutcome.WrongNumber).Does(Bar)
            .Does((household, moment) => household.ChangeContact(Given.OtherContact, moment));
        Assert.Equal((HouseholdState.Waiting, null), (course.Household.State, course.Household.Hold));
    }

    [Fact]
    public void Who_is_recorded_with_such_a_number_is_held_at_once_unless_they_accept_at_the_door()
    {
        Assert.Equal(HouseholdState.Held, Recorded(OfferAnswer.Declined).State);
        Assert.Equal(HouseholdState.Held, Recorded(OfferAnswer.NotAsked).State);
        Assert.Equal(HouseholdState.Referred, Recorded(OfferAnswer.Accepted).State);
        Assert.Equal(HouseholdState.Closed, Recorded(OfferAnswer.DoNotContact).State);

        static Household Recorded(OfferAnswer answer) =>
            OfferTransitions.Record(Given.Id, Given.Details(answer), Given.Team, Given.Policy, Given.SchemeStart, Given.Moment(
                Given.OfferedAt), (Other, "officer")).Household;
    }

    [Fact]
    public void Nothing_is_held_for_what_it_said_itself_and_nothing_that_has_ended()
    {
        var course = new Course();
        Assert.True(
            course.ChangesNothing(
                (household, moment) => household.HoldForSupervisor(HoldReason.NeverToBeCalled, household.Id, "officer", moment)));
        Assert.True(new Course().Accepts().ChangesNothing(Bar));
        Assert.True(course.Does(Bar).ChangesNothing(Bar));
    }

    [Fact]
    public void A_number_that_is_never_to_be_called_takes_the_place_of_a_likely_duplicate_and_not_the_other_way_round()
    {
        var course = new Course().Does((household, moment) => household.PlaceHold(HoldReason.BailChanged, moment.Now.AddDays(5), moment))
            .Does(Duplicate).Does(Bar);
        Assert.Equal((HoldReason.NeverToBeCalled, Other), (course.Household.Hold!.Reason, course.Household.SupervisorHold!.CausedBy));
        Assert.Equal(HoldReason.BailChanged, course.Household.KnownHold!.Reason);
        Assert.Equal([DispatchKind.DecisionNeeded], course.Outbox);
        Assert.True(course.ChangesNothing(Duplicate));
        // What is taken back under the other offer ends this hold alone, and what everybody knows of stands.
        course.Does((household, moment) => household.EndHoldFor(Other, moment));
        Assert.Equal((HouseholdState.Held, HoldReason.BailChanged), (course.Household.State, course.Household.Hold!.Reason));

        static Transition Duplicate(Household household, Moment moment) =>
            household.HoldForSupervisor(HoldReason.LikelyDuplicate, Guid.NewGuid(), "system", moment);
    }

    private static Transition Bar(Household household, Moment moment) =>
        household.HoldForSupervisor(HoldReason.NeverToBeCalled, Other, "caller", moment);
}
