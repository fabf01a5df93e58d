using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Stories;

/// <summary>How often support was really offered: nobody is taken for asked twice who was asked once.</summary>
public sealed class SecondOfferStories
{
    [Fact]
    public void Not_asked_at_the_door_then_a_no_is_their_first_and_they_are_asked_once_more()
    {
        var course = NotAsked().Starts();
        Assert.Equal((0, OfferTurn.First), (course.Household.RealOffers, course.Household.NextOffer));
        course.AtLondon("2023-06-27 10:15").Attempts(CallOutcome.Declined);
        Assert.Equal((Stage.AwaitingCall, Given.London("2023-07-18 10:15")), (course.Plan.Stage, course.Plan.WakeAt!.Value));
        Assert.Equal((1, OfferTurn.Second), (course.Household.RealOffers, course.Household.NextOffer));
        course.Starts().Attempts(CallOutcome.Declined);
        Assert.Equal((ClosingReason.DeclinedAtCallBack, 2), (course.Household.Closing!.Reason, course.Record.RealOffers));
    }

    [Fact]
    public void A_no_at_the_door_and_a_no_at_the_call_are_two()
    {
        var course = new Course().Starts();
        Assert.Equal((1, OfferTurn.Second), (course.Household.RealOffers, course.Household.NextOffer));
        Assert.Equal(ClosingReason.DeclinedAtCallBack, course.Attempts(CallOutcome.Declined).Household.Closing!.Reason);
    }

    [Fact]
    public void The_second_offer_comes_when_the_policy_says_and_in_call_hours()
    {
        // Five days after a Tuesday lies a Sunday.
        var course = NotAsked(new CallBackPolicy { SecondOfferDays = 5 }).Starts().Attempts(CallOutcome.Declined);
        Assert.Equal(Given.London("2023-07-03 09:00"), course.Plan.WakeAt);
    }

    [Fact]
    public void A_first_offer_made_when_they_rang_counts_alike()
    {
        var course = NotAsked().AtLondon("2023-06-10 20:00").RingsUs(CallOutcome.Declined);
        Assert.Equal((Given.London("2023-07-03 09:00"), 1), (course.Plan.WakeAt!.Value, course.Household.RealOffers));
        Assert.Equal(ClosingReason.DeclinedAtCallBack, course.Starts().Attempts(CallOutcome.Declined).Household.Closing!.Reason);
    }

    [Fact]
    public void A_first_no_said_during_a_hold_leaves_the_hold()
    {
        var course = NotAsked().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.SuspectAtAddress).RingsUs(CallOutcome.Declined);
        Assert.Equal(HouseholdState.Held, course.Household.State);
        Assert.Equal(Given.London("2023-07-18 09:00"), course.Does((household, moment) => household.ReleaseHold(moment)).Plan.WakeAt);
    }

    [Fact]
    public void Neither_a_call_in_vain_nor_one_put_off_is_an_offer()
    {
        var course = NotAsked().Starts()
            .Attempts(CallOutcome.NoAnswer).Starts().Attempts(CallOutcome.CallLater, again: Given.London("2023-07-04 14:00"))
            .RingsUs(CallOutcome.NoAnswer).RingsUs(CallOutcome.UnsafeToCall, HoldReason.BailChanged);
        Assert.Equal((0, OfferTurn.First), (course.Household.RealOffers, course.Household.NextOffer));
    }

    [Fact]
    public void The_second_offer_has_its_own_attempts()
    {
        var course = NotAsked().Starts()
            .Attempts(CallOutcome.NoAnswer).Starts().Attempts(CallOutcome.NoAnswer).Starts().Attempts(CallOutcome.Declined).Starts();
        course.Attempts(CallOutcome.NoAnswer).Starts().Attempts(CallOutcome.NoAnswer).Starts();
        Assert.Equal(HouseholdState.Due, course.Household.State);
        Assert.Equal(ClosingReason.NotReached, course.Attempts(CallOutcome.NoAnswer).Household.Closing!.Reason);
    }

    [Theory]
    [InlineData(OfferAnswer.Accepted, 1)]
    [InlineData(OfferAnswer.Declined, 1)]
    [InlineData(OfferAnswer.NotAsked, 0)]
    [InlineData(OfferAnswer.DoNotContact, 0)]
    public void At_the_door_only_a_yes_and_a_not_now_answer_a_real_offer(OfferAnswer answer, int offers) =>
        Assert.Equal(offers, new Course(Given.Details(answer)).Record.RealOffers);

    [Fact]
    public void Whoever_accepts_later_was_asked_and_whoever_was_referred_unasked_was_not()
    {
        Assert.Equal(1, NotAsked().Accepts(householdAsked: true).Record.RealOffers);
        Assert.Equal(1, NotAsked().Starts().Attempts(CallOutcome.Accepted).Record.RealOffers);
        Assert.Equal(2, new Course().RingsUs(CallOutcome.Accepted).Record.RealOffers);
        Assert.Equal(0, NotAsked(new CallBackPolicy { ConsentModel = ConsentModel.OptOut }).Record.RealOffers);
    }

    [Fact]
    public void Not_asked_not_reached_and_ringing_to_say_no_is_asked_once_more()
    {
        var course = NotAsked(new CallBackPolicy { MaxAttempts = 1 }).Starts().Attempts(CallOutcome.NoAnswer);
        Assert.Equal(ClosingReason.NotReached, course.Household.Closing?.Reason);
        course.RingsUs(CallOutcome.Declined);
        Assert.Equal((HouseholdState.Waiting, true), (course.Household.State, course.Record.IsOpen));
    }

    private static Course NotAsked(CallBackPolicy? policy = null) => new(Given.Details(OfferAnswer.NotAsked), policy);
}
