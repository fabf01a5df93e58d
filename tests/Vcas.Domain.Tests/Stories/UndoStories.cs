using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Tests.Lifecycle;

namespace Vcas.Domain.Tests.Stories;

/// <summary>A finger slips, and whoever it belongs to takes the outcome back in the next seconds.</summary>
public sealed class UndoStories
{
    [Fact]
    public void A_call_that_was_marked_by_mistake_is_due_as_before_and_counts_once()
    {
        var course = new Course().Starts();
        var (before, figures) = (course.Household, course.Record);
        course.Tells(CallOutcome.NoAnswer).Undoes();

        Assert.Equal(before.Course, course.Household.Course);
        Assert.Equal(figures, course.Record);
        Assert.Empty(course.Household.Attempts);
        Assert.Equal(["AttemptRecorded", "AttemptUndone"], course.Happened.TakeLast(2));

        course.Attempts(CallOutcome.CallLater, again: course.Moment.Calendar.NextCallMoment(course.Now.AddDays(2)));
        Assert.Equal((1, true), (course.Record.Attempts, course.Record.WasReached));
    }

    [Fact]
    public void A_referral_waits_for_the_seconds_and_never_was_where_it_is_undone()
    {
        var course = new Course().Starts().Tells(CallOutcome.Accepted);
        Assert.Equal((Stage.AwaitingUndo, course.Now.AddSeconds(20)), (course.Plan.Stage, course.Plan.WakeAt));
        Assert.Empty(course.Household.Leaving());

        course.At(course.Now.AddSeconds(9)).Undoes();
        Assert.Null(course.Household.Referral);
        // That the call is due had not been told before it was made.
        Assert.Equal([DispatchKind.CallBackDue], course.Outbox);
        Assert.Equal(Stage.AwaitingAttempt, course.Plan.Stage);

        // What they really said can be said now.
        course.Tells(CallOutcome.Accepted);
        Assert.Equal(Stage.AwaitingSend, Plan.For(course.Household.SettleAttempt(course.Now.AddSeconds(20))).Stage);
        Assert.Same(course.Household, course.Household.SettleAttempt(course.Now.AddSeconds(19)));
    }

    [Fact]
    public void A_referral_that_was_taken_back_by_a_slip_stands_as_before()
    {
        var course = new Course().Accepts().Sends();
        var before = course.Household.Referral;
        course.Does((household, moment) => household.RecordAttempt(
            course.Incoming(CallOutcome.Declined), moment, undo: new UndoTerms(Commands.Caller, moment.Now.AddSeconds(20))));
        Assert.Equal(HouseholdState.Closed, course.Household.State);
        Assert.Empty(course.Household.Leaving());
        course.Undoes();
        Assert.Equal(before, course.Household.Referral);
        Assert.Empty(course.Household.Outbox);
    }

    [Fact]
    public void The_supervisor_hears_of_a_hold_only_once_it_stands()
    {
        var course = new Course().Starts().Tells(CallOutcome.WrongNumber);
        Assert.False(course.Plan.HasNotices);
        Assert.Equal([DispatchKind.HoldReview], course.Outbox);
        Assert.True(Plan.For(course.Household.SettleAttempt(course.Now.AddSeconds(20))).HasNotices);
        course.Undoes();
        Assert.Equal((HouseholdState.Due, false), (course.Household.State, course.Household.WasHeld));
        Assert.DoesNotContain(DispatchKind.HoldReview, course.Outbox);
    }

    [Fact]
    public void Undone_twice_is_undone_once()
    {
        var course = new Course().Starts().Tells(CallOutcome.Declined);
        var attempt = course.Household.LastAttempt!.AttemptId;
        course.Undoes().At(course.Now.AddDays(1));
        Assert.True(course.ChangesNothing((household, moment) => household.UndoAttempt(attempt, Commands.Caller, moment)));
        course.Attempts(CallOutcome.NoAnswer);
        Assert.True(course.ChangesNothing((household, moment) => household.UndoAttempt(attempt, Commands.Caller, moment)));
        Assert.Equal(1, course.Household.UnansweredCalls);
    }
}
