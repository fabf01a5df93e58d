using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Reporting;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Households that get in touch by themselves: whenever they like, and whatever they say.</summary>
public sealed class IncomingStories
{
    [Theory]
    [InlineData(AttemptWay.Phone, CallDirection.Incoming)]
    [InlineData(AttemptWay.Visit, CallDirection.Outgoing)]
    [InlineData(AttemptWay.Phone, CallDirection.Outgoing)]
    public void Who_asks_for_silence_again_after_it_was_taken_back_is_heard(AttemptWay by, CallDirection direction)
    {
        var course = new Course().Starts().Attempts(CallOutcome.DoNotContact)
            .Does((household, moment) => household.TakeNeverBack(NeverTakenBackReason.NumberReassigned, moment));
        var attempt = course.Attempt(CallOutcome.DoNotContact) with { By = by, Direction = direction };
        course.Does((household, moment) => household.RecordAttempt(attempt, moment));
        Assert.Equal((ClosingReason.DoNotContact, null), (course.Household.Closing!.Reason, course.Household.Closing.NeverTakenBackAt));
    }

    [Fact]
    public void Rings_back_an_hour_after_a_missed_call_and_says_never()
    {
        var course = new Course().Starts().Sends().Attempts(CallOutcome.NoAnswer);
        course.At(course.Now.AddHours(1)).RingsUs(CallOutcome.DoNotContact);
        Assert.Equal((ClosingReason.DoNotContact, Stage.Settled), (course.Household.Closing!.Reason, course.Plan.Stage));
        Assert.Equal((1, 1, true), (course.Record.Attempts, course.Record.IncomingContacts, course.Record.WasReached));
    }

    [Theory]
    [InlineData(CallOutcome.Declined, ClosingReason.DeclinedAtCallBack)]
    [InlineData(CallOutcome.DoNotContact, ClosingReason.DoNotContact)]
    [InlineData(CallOutcome.Died, ClosingReason.Died)]
    public void Rings_on_the_third_day_and_it_is_over(CallOutcome outcome, ClosingReason reason)
    {
        var course = new Course().At(Given.OfferedAt.AddDays(3)).RingsUs(outcome);
        Assert.Equal(reason, course.Household.Closing?.Reason);
        Assert.True(course.At(Given.DueAt).ChangesNothing((household, moment) => household.StartCallBack(moment)));
        Assert.Null(course.Record.CallBackDueAt);
    }

    [Fact]
    public void An_acceptance_is_the_same_whether_it_is_recorded_as_one_or_as_their_call()
    {
        foreach (var course in new Func<Course>[]
        {
            () => new Course(), () => new Course().Starts().Attempts(CallOutcome.NoAnswer), () => Held(HoldReason.BailChanged),
        })
        {
            var (rang, accepted) = (course().RingsUs(CallOutcome.Accepted), course().Accepts(householdAsked: true));
            Assert.Equal(accepted.Household.Acceptance, rang.Household.Acceptance);
            Assert.Equal(accepted.Outbox, rang.Outbox);
            Assert.Equal(accepted.Household.Details, rang.Household.Details);
        }
    }

    [Fact]
    public void A_call_that_nobody_could_take_changes_nothing_that_is_planned()
    {
        foreach (var course in new[]
        {
            new Course(), new Course().Starts(), Held(HoldReason.Unsafe), new Course().Starts().Attempts(CallOutcome.NoAnswer),
        })
        {
            var before = course.Plan;
            course.RingsUs(CallOutcome.NoAnswer);
            Assert.Equal((before.Stage, before.WakeAt), (course.Plan.Stage, course.Plan.WakeAt));
            Assert.Equal((1, false), (course.Record.IncomingContacts, course.Record.WasReached));
        }
    }

    [Fact]
    public void However_often_they_ring_in_vain_our_own_calls_are_not_used_up()
    {
        var course = new Course().Starts();
        for (var time = 0; time < 5; time++) course.RingsUs(CallOutcome.NoAnswer);
        Assert.Equal(HouseholdState.Due, course.Household.State);
        course.Attempts(CallOutcome.NoAnswer).Starts().Attempts(CallOutcome.NoAnswer).Starts();
        Assert.Equal((HouseholdState.Due, 2), (course.Household.State, course.Record.Attempts));
    }

    [Fact]
    public void Asks_for_a_call_sooner_than_planned_and_has_it()
    {
        var friday = Given.London("2023-06-09 10:30");
        var course = new Course().AtLondon("2023-06-08 18:00").RingsUs(CallOutcome.CallLater, again: friday);
        Assert.Equal((Stage.AwaitingCall, friday), (course.Plan.Stage, course.Plan.WakeAt!.Value));
        Assert.Equal(
            2009, course.IsRefused((household, moment) => household.ApplyPolicy(new CallBackPolicy { IntervalDays = 40 }, moment)));
        course.Starts().Attempts(CallOutcome.Accepted);
        Assert.Equal((friday, AcceptedWhen.AtCallBack), (course.Record.CallBackDueAt!.Value, course.Record.AcceptedWhen!.Value));
    }

    [Fact]
    public void A_hold_is_not_ended_by_what_is_said_from_where_the_suspect_may_be()
    {
        var wednesday = Given.London("2023-07-12 15:00");
        var course = Held(HoldReason.SuspectAtAddress).RingsUs(CallOutcome.CallLater, again: wednesday);
        Assert.Equal((HouseholdState.Held, HoldReason.SuspectAtAddress), (course.Household.State, course.Household.Hold!.Reason));
        course.Does((household, moment) => household.ReleaseHold(moment));
        Assert.Equal(wednesday, course.Plan.WakeAt);
    }

    [Fact]
    public void Says_in_a_whisper_that_nobody_is_to_call_now_and_nobody_does()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(2)).RingsUs(CallOutcome.UnsafeToCall, HoldReason.SuspectAtAddress);
        Assert.Equal((HouseholdState.Held, HoldReason.SuspectAtAddress), (course.Household.State, course.Household.Hold!.Reason));
        Assert.Equal(
            3007, course.At(Given.DueAt)
                .IsRefused((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.NoAnswer), moment)));
    }

    [Fact]
    public void A_wrong_number_stays_known_as_wrong_until_another_is_given()
    {
        var course = new Course().Starts().Attempts(CallOutcome.WrongNumber);
        Assert.Equal(3009, course.IsRefused((household, moment) =>
            household.RecordAttempt(course.Incoming(CallOutcome.CallLater, again: moment.Calendar.AddWorkingDays(moment.Now, 2)), moment)));
        Assert.Equal(HoldReason.WrongNumber, course.RingsUs(CallOutcome.UnsafeToCall, HoldReason.Unsafe).Household.Hold!.Reason);
        Assert.Equal(
            HouseholdState.Referred,
            course.Does((household, moment) => household.ChangeContact(Given.OtherContact, moment))
                .RingsUs(CallOutcome.Accepted).Household.State);
    }

    [Theory]
    [InlineData(CallOutcome.NoAnswer, ClosingReason.NotReached)]
    [InlineData(CallOutcome.Declined, ClosingReason.DeclinedAtCallBack)]
    public void Long_after_the_end_they_still_can_say_yes_never_or_that_somebody_has_died(CallOutcome last, ClosingReason reason)
    {
        Course Ended()
        {
            var course = new Course(policy: new CallBackPolicy { MaxAttempts = 1 }).Starts().Attempts(last);
            Assert.Equal(reason, course.Household.Closing!.Reason);
            return course.At(Given.DueAt.AddDays(90));
        }

        Assert.Equal(AcceptedWhen.Later, Ended().RingsUs(CallOutcome.Accepted).Record.AcceptedWhen);
        Assert.Equal(ClosingReason.DoNotContact, Ended().RingsUs(CallOutcome.DoNotContact).Household.Closing!.Reason);
        Assert.Equal(ClosingReason.Died, Ended().RingsUs(CallOutcome.Died).Household.Closing!.Reason);
        Assert.Equal(ClosingReason.DeclinedAtCallBack, Ended().RingsUs(CallOutcome.Declined).Household.Closing!.Reason);
    }

    [Fact]
    public void Not_reached_then_rings_and_asks_for_a_call_which_is_made()
    {
        var course = new Course(policy: new CallBackPolicy { MaxAttempts = 1 }).Starts().Attempts(CallOutcome.NoAnswer);
        Assert.Equal(ClosingReason.NotReached, course.Household.Closing?.Reason);
        var asked = Given.London("2023-08-03 11:00");
        course.AtLondon("2023-08-01 21:00").RingsUs(CallOutcome.CallLater, again: asked);
        Assert.Equal((Stage.AwaitingCall, asked, true), (course.Plan.Stage, course.Plan.WakeAt!.Value, course.Record.IsOpen));
        Assert.Contains("CallBackReopened", course.Happened);
        Assert.Equal(AcceptedWhen.AtCallBack, course.Starts().Attempts(CallOutcome.Accepted).Record.AcceptedWhen);
    }

    [Theory]
    [InlineData(CallOutcome.Declined, WithdrawalReason.NoLongerWanted)]
    [InlineData(CallOutcome.DoNotContact, WithdrawalReason.DoNotContact)]
    [InlineData(CallOutcome.Died, WithdrawalReason.Died)]
    public void After_the_referral_they_take_it_back_and_Vcas_is_told(CallOutcome outcome, WithdrawalReason reason)
    {
        var course = new Course().Accepts().Sends().RingsUs(outcome);
        Assert.Equal((HouseholdState.Closed, reason), (course.Household.State, course.Household.Closing!.Withdrawal!.Value));
        Assert.Equal([DispatchKind.ReferralWithdrawn], course.Outbox);
    }

    [Theory]
    [InlineData(CallOutcome.UnsafeToCall)]
    [InlineData(CallOutcome.WrongNumber)]
    [InlineData(CallOutcome.CallLater)]
    public void What_they_say_of_a_call_after_the_referral_is_kept_and_the_supervisor_is_told_for_VCAS_calls_them(CallOutcome outcome)
    {
        var course = new Course().Accepts().Sends();
        course.RingsUs(
            outcome,
            outcome == CallOutcome.UnsafeToCall ? HoldReason.SuspectAtAddress : null,
            outcome == CallOutcome.CallLater ? course.Moment.Calendar.AddWorkingDays(course.Now, 2) : null);
        Assert.Equal((HouseholdState.Referred, ReferralState.Sent), (course.Household.State, course.Household.Referral!.State));
        Assert.Equal([DispatchKind.LateOutcome], course.Outbox);
        Assert.Equal((outcome, 1), (course.Household.LastAttempt!.Outcome, course.Record.IncomingContacts));
    }

    [Theory]
    [InlineData(WithdrawalReason.Duplicate)]
    [InlineData(WithdrawalReason.NoLongerWanted)]
    [InlineData(WithdrawalReason.Moved)]
    public void An_offer_was_taken_back_and_they_ring_and_say_never_and_it_counts_as_before(WithdrawalReason reason)
    {
        var course = new Course().Withdraws(reason);
        var before = course.Record.IsCounted;
        course.At(Given.OfferedAt.AddDays(40)).RingsUs(CallOutcome.DoNotContact);
        Assert.Equal((ClosingReason.DoNotContact, reason), (course.Household.Closing!.Reason, course.Household.Closing.Withdrawal!.Value));
        Assert.Equal(before, course.Record.IsCounted);
        Assert.Equal(2024, course.IsRefused((household, moment) => household.Reopen(ReopeningReason.ClosedInError, moment)));
    }

    [Fact]
    public void A_death_is_noted_whenever_it_is_heard_of_and_whoever_tells_of_it()
    {
        foreach (var course in new[]
        {
            new Course(),
            new Course().Starts().Attempts(CallOutcome.NoAnswer),
            Held(HoldReason.ChildrensServices),
            new Course().Starts().Attempts(CallOutcome.WrongNumber),
        })
        {
            Assert.Equal(ClosingReason.Died, course.Attempts(CallOutcome.Died).Household.Closing!.Reason);
            Assert.Empty(course.Outbox);
        }
    }

    [Fact]
    public void Their_call_is_neither_an_attempt_nor_a_missed_call_and_reached_counts()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(1))
            .RingsUs(CallOutcome.CallLater, again: Given.London("2023-06-08 09:00")).Starts();
        var line = UptakeReport.Of([course.Record], UptakeBy.Total)[0];
        Assert.Equal((0, 1, 1, 0, 0), (line.Attempted, line.Reached, line.RangUs, line.NotReached, line.Missed));
        Assert.Null(course.Record.FirstAttemptAt);
    }

    private static Course Held(HoldReason reason) => new Course().Starts().Attempts(CallOutcome.UnsafeToCall, reason);
}
