using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Households that declined, as a call-back team meets them.</summary>
public sealed class CallBackStories
{
    [Fact]
    public void Declined_then_three_calls_without_an_answer_then_closed_as_not_reached()
    {
        var course = new Course();
        Assert.Equal(new Plan(Stage.AwaitingCall, Given.DueAt, 1, HasNotices: false), course.Plan);
        course.Starts();
        Assert.Equal([DispatchKind.CallBackDue], course.Outbox);
        course.AtLondon("2023-06-27 11:00").Attempts(CallOutcome.NoAnswer);
        Assert.Equal(Given.London("2023-06-29 11:00"), course.Plan.WakeAt);
        course.Starts().AtLondon("2023-06-30 15:00").Attempts(CallOutcome.NoAnswer);
        Assert.Equal(Given.London("2023-07-04 15:00"), course.Plan.WakeAt);
        course.Starts().Attempts(CallOutcome.NoAnswer);

        Assert.Equal(ClosingReason.NotReached, course.Household.Closing?.Reason);
        Assert.Equal(Stage.Settled, course.Plan.Stage);
        Assert.Empty(course.Outbox);
        Assert.Equal(
            [
                "OfferRecorded", "CallBackDue", "AttemptRecorded", "CallBackDue", "AttemptRecorded", "CallBackDue", "AttemptRecorded",
                "OfferClosed",
            ],
            course.Happened);
        Assert.Equal((3, false, false), (course.Record.Attempts, course.Record.WasReached, course.Record.WasMissed));
    }

    [Fact]
    public void Asked_to_be_called_later_and_called_then()
    {
        var friday = Given.London("2023-07-07 14:30");
        var course = new Course().Starts().Attempts(CallOutcome.CallLater, again: friday);
        Assert.Equal((HouseholdState.Waiting, friday), (course.Household.State, course.Household.CallFrom));
        course.Starts().Attempts(CallOutcome.Accepted);
        Assert.Equal(AcceptedWhen.AtCallBack, course.Record.AcceptedWhen);
        Assert.Equal(Given.DueAt, course.Record.CallBackDueAt);
    }

    [Fact]
    public void A_call_put_off_is_no_attempt_without_an_answer()
    {
        var course = new Course().Starts();
        for (var time = 0; time < 5; time++) course.Attempts(CallOutcome.CallLater, again: course.Now.AddDays(7)).Starts();
        Assert.True(course.Attempts(CallOutcome.NoAnswer).Household.IsOpen);
    }

    [Fact]
    public void Unsafe_then_held_then_released_then_due_again()
    {
        var course = new Course().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.SuspectAtAddress);
        Assert.Equal(Stage.OnHold, course.Plan.Stage);
        Assert.Equal(Given.London("2023-07-04 09:00"), course.Plan.WakeAt);
        Assert.True(course.ChangesNothing((household, moment) => household.ReviewHold(moment)));
        course.WhenItWakes().Does((household, moment) => household.ReleaseHold(moment)).Starts();
        Assert.Equal(HouseholdState.Due, course.Household.State);
        Assert.Equal([DispatchKind.CallBackDue], course.Outbox);
        Assert.Equal((true, 0), (course.Record.WasHeld, course.Record.Attempts));
    }

    [Fact]
    public void A_check_that_said_no_is_no_call_in_the_figures_and_a_missed_call_stays_missed()
    {
        var course = new Course().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.Unsafe)
            .WhenItWakes().Does((household, moment) => household.ReleaseHold(moment)).Starts();
        while (course.Now < Given.DueAt.AddDays(21)) course.WhenItWakes().Does((household, moment) => household.Remind(moment));
        Assert.True(course.Record.WasMissed);
        Assert.Null(course.Record.FirstAttemptAt);
        course.Attempts(CallOutcome.Declined);
        Assert.Equal((1, true, true), (course.Record.Attempts, course.Record.WasReached, course.Record.WasMissed));
    }

    [Fact]
    public void A_hold_placed_before_the_call_outlasts_its_time_and_ends_in_call_hours()
    {
        var sunday = Given.London("2023-07-09 03:00");
        var course = new Course().Does((household, moment) => household.PlaceHold(HoldReason.ChildrensServices, sunday, moment));
        Assert.True(course.At(Given.DueAt).ChangesNothing((household, moment) => household.StartCallBack(moment)));
        course.WhenItWakes().Does((household, moment) => household.ReleaseHold(moment));
        Assert.Equal(Given.London("2023-07-10 09:00"), course.Plan.WakeAt);
    }

    [Fact]
    public void A_hold_released_early_leaves_the_day_of_the_call_as_it_was()
    {
        var course = new Course().Does((household, moment) => household.PlaceHold(HoldReason.BailChanged, moment.Now.AddDays(10), moment));
        course.At(course.Now.AddDays(1)).Does((household, moment) => household.ReleaseHold(moment));
        Assert.Equal(Given.DueAt, course.Plan.WakeAt);
    }

    [Fact]
    public void A_wrong_number_is_held_told_of_at_each_review_and_called_only_on_another()
    {
        var course = new Course().Starts().Sends().Attempts(CallOutcome.WrongNumber);
        Assert.Equal([DispatchKind.HoldReview], course.Outbox);
        for (var review = 0; review < 3; review++)
        {
            course.Sends().At(course.Household.Hold!.WakeAt).Does((household, moment) => household.ReviewHold(moment));
            Assert.Equal((HouseholdState.Held, HoldReason.WrongNumber), (course.Household.State, course.Household.Hold!.Reason));
            Assert.Equal([DispatchKind.HoldReview], course.Outbox);
            Assert.True(course.Household.Hold!.WakeAt > course.Now);
        }

        // A review that could not be sent is replaced by the next, never piled up.
        course.At(course.Household.Hold!.WakeAt).Does((household, moment) => household.ReviewHold(moment));
        Assert.Single(course.Outbox);
        course.Does((household, moment) => household.ChangeContact(Given.OtherContact, moment)).Starts().Attempts(CallOutcome.Accepted);
        Assert.Equal(Given.OtherContact, course.Household.Details.Contact);
        Assert.Equal([DispatchKind.ReferralMade], course.Outbox);
    }

    [Theory]
    [InlineData(CallOutcome.Declined, ClosingReason.DeclinedAtCallBack)]
    [InlineData(CallOutcome.DoNotContact, ClosingReason.DoNotContact)]
    [InlineData(CallOutcome.Died, ClosingReason.Died)]
    public void One_call_can_end_it(CallOutcome outcome, ClosingReason reason)
    {
        var course = new Course().Starts().Attempts(outcome);
        Assert.Equal((reason, Stage.Settled), (course.Household.Closing!.Reason, course.Plan.Stage));
        Assert.Empty(course.Outbox);
    }

    [Fact]
    public void Reminded_daily_and_overdue_after_two_working_days_with_the_supervisor_told()
    {
        var course = new Course().Starts().Sends();
        course.WhenItWakes().Does((household, moment) => household.Remind(moment));
        Assert.Equal(Given.London("2023-06-28 09:00"), course.Now);
        Assert.Equal([DispatchKind.CallBackReminder], course.Outbox);
        Assert.False(course.Record.WasMissed);
        course.Sends().WhenItWakes().Does((household, moment) => household.Remind(moment));
        Assert.Equal(Given.London("2023-06-29 09:00"), course.Now);
        Assert.Equal([DispatchKind.CallBackReminder, DispatchKind.CallBackOverdue], course.Outbox);
        Assert.True(course.Record.WasMissed);
        Assert.True(course.ChangesNothing((household, moment) => household.Remind(moment)));
        Assert.Equal(Given.London("2023-06-30 09:00"), course.Plan.WakeAt);
    }

    [Fact]
    public void Reminders_far_apart_do_not_sleep_through_the_moment_of_being_overdue()
    {
        var course = new Course(policy: new CallBackPolicy { ReminderDays = 5, OverdueDays = 2 }).Starts();
        Assert.Equal(Given.London("2023-06-29 09:00"), course.Plan.WakeAt);
        course.WhenItWakes().Does((household, moment) => household.Remind(moment));
        Assert.Contains(DispatchKind.CallBackOverdue, course.Outbox);
    }

    [Fact]
    public void Given_to_a_care_officer_who_is_told_if_it_is_due_and_not_before()
    {
        var officer = new Assignee("Care officers", "officer-7");
        var course = new Course().Does((household, _) => household.Reassign(officer, Given.Teams));
        Assert.Empty(course.Outbox);
        course.Starts().Sends().Does((household, _) => household.Reassign(new Assignee("Call-backs", null), Given.Teams));
        Assert.Equal([DispatchKind.CallBackDue], course.Outbox);
        Assert.True(course.ChangesNothing((household, _) => household.Reassign(new Assignee("Call-backs", null), Given.Teams)));
    }

    [Fact]
    public void A_team_with_a_care_officer_gives_the_household_to_that_person() =>
        Assert.Equal(new Assignee("Care officers", "officer-7"), new Course(team: Given.Teams.Find("CID North")).Household.Assignee);

    [Fact]
    public void An_offer_recorded_long_after_is_due_in_the_next_call_hours_and_not_overdue_at_once()
    {
        var course = new Course(recordedAt: Given.London("2023-08-05 23:00"));
        Assert.Equal(Given.DueAt, course.Household.DueAt);
        Assert.Equal(Given.London("2023-08-07 09:00"), course.Plan.WakeAt);
        course.Starts();
        Assert.Equal(Given.London("2023-08-09 09:00"), course.Household.OverdueAt);
    }
}
