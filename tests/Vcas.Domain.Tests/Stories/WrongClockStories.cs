using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Stories;

/// <summary>The clock ran ahead for a while, and was put right.</summary>
public sealed class WrongClockStories
{
    private static readonly DateTimeOffset PutRight = Given.OfferedAt.AddDays(2);

    [Fact]
    public void What_a_yes_tells_VCAS_waits_for_no_time_of_then()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(40)).Starts().Tells(CallOutcome.Accepted);
        Assert.Equal(Stage.AwaitingUndo, course.Plan.Stage);
        course.PutRightTo(PutRight);
        Assert.Equal(Stage.AwaitingSend, course.Plan.Stage);
        course.Sends();
        Assert.NotNull(course.Household.Referral!.FirstSentAt);
    }

    [Fact]
    public void Nobody_can_undo_for_a_month_what_they_recorded_then()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(40)).Starts().Tells(CallOutcome.NoAnswer);
        var at = Given.Moment(PutRight);
        Assert.Equal(3053, Given.RefusalOf(() => course.Household.UndoAttempt(
            course.Household.LastAttempt!.AttemptId, Lifecycle.Commands.Caller, at)));
    }

    [Fact]
    public void A_call_that_fell_due_then_is_due_three_weeks_after_the_offer_and_was_never_missed()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(40)).Starts();
        while (course.Household.MissedAt is null) course.WhenItWakes().Does((household, moment) => household.Remind(moment));
        course.PutRightTo(PutRight);
        Assert.Equal((HouseholdState.Waiting, Given.DueAt), (course.Household.State, course.Household.CallFrom));
        Assert.False(course.Record.WasMissed);
        Assert.Null(course.Record.CallBackDueAt);
        Assert.Empty(course.Outbox);
        course.Starts();
        Assert.Equal((Given.DueAt, HouseholdState.Due), (course.Now, course.Household.State));
    }

    [Fact]
    public void A_call_that_somebody_made_then_stays_as_they_recorded_it()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(40)).Starts().Attempts(CallOutcome.NoAnswer).Starts();
        Assert.True(course.PutRightTo(PutRight).ChangesNothing((household, moment) => household.PutRight(moment)));
        Assert.Equal(HouseholdState.Due, course.Household.State);
    }

    [Fact]
    public void A_call_that_was_due_and_missed_before_stays_so_though_its_hold_was_released_then()
    {
        var course = new Course().Starts();
        while (course.Household.MissedAt is null) course.WhenItWakes().Does((household, moment) => household.Remind(moment));
        var missed = course.Now;
        course.Does((household, moment) => household.PlaceHold(HoldReason.ChildrensServices, moment.Now.AddDays(5), moment))
            .At(missed.AddDays(40)).Does((household, moment) => household.ReleaseHold(moment)).Starts();
        Assert.Equal(HouseholdState.Due, course.Household.State);
        course.PutRightTo(missed.AddDays(1));
        Assert.Equal((HouseholdState.Due, Given.DueAt), (course.Household.State, course.Record.CallBackDueAt));
        Assert.True(course.Record.WasMissed);
    }

    [Fact]
    public void A_household_that_was_recorded_then_as_well_may_be_right_and_the_clock_behind()
    {
        var course = new Course().Starts();
        course.PutRightTo(Given.OfferedAt.AddYears(-3));
        Assert.Equal((HouseholdState.Due, Given.DueAt), (course.Household.State, course.Record.CallBackDueAt));
    }

    [Fact]
    public void A_welfare_contact_may_be_made_from_now_on()
    {
        var course = new Course(Given.Details() with { Risks = [Risk.SelfHarm] });
        var soon = course.Now.AddHours(1);
        course.At(course.Now.AddDays(40)).Does((household, moment) =>
            household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment)).PutRightTo(soon);
        Assert.InRange(course.Household.Danger!.Welfare!.From, soon, soon.AddHours(12));
        Assert.InRange(course.Household.Danger!.Welfare!.By, soon, soon.AddHours(72));
    }

    [Fact]
    public void What_a_person_chose_stays_and_when_they_are_told_of_it_again_is_reckoned_from_now()
    {
        var course = new Course().Does((household, moment) =>
            household.PlaceHold(HoldReason.ChildrensServices, Given.OfferedAt.AddDays(60), moment));
        var held = course.Household;
        course.At(Given.OfferedAt.AddDays(30)).PutRightTo(PutRight);
        Assert.Same(held, course.Household);

        course.WhenItWakes().Does((household, moment) => household.ReviewHold(moment));
        var soon = course.Now.AddHours(1);
        for (var told = 0; told < 9; told++) course.WhenItWakes().Does((household, moment) => household.ReviewHold(moment));
        course.PutRightTo(soon);
        Assert.Equal(
            Given.Calendar.AddWorkingDays(soon, course.Household.Policy.ReminderDays), course.Household.KnownHold!.RemindAt);
    }

    [Fact]
    public void A_safe_route_is_asked_for_from_now_on()
    {
        var course = new Course(Given.Details() with { Contact = null }, recordedAt: Given.OfferedAt.AddMinutes(1));
        var soon = course.Now.AddMinutes(10);
        var begun = course.Household.RouteTask!.RemindAt;
        course.At(Given.OfferedAt.AddDays(30)).PutRightTo(soon);
        Assert.Equal(begun, course.Household.RouteTask!.RemindAt);

        var late = new Course().At(Given.OfferedAt.AddDays(40)).Starts().Attempts(CallOutcome.WrongNumber).PutRightTo(soon);
        Assert.InRange(late.Household.RouteTask!.RemindAt!.Value, soon, soon.AddDays(7));
    }

    [Fact]
    public void A_danger_is_told_of_again_within_the_time_that_it_would_have_been()
    {
        var course = new Course(Given.Details() with { Risks = [Risk.SelfHarm] });
        for (var told = 0; told < 3; told++) course.WhenItWakes().Does((household, moment) => household.EscalateDanger(moment));
        var soon = course.Now.AddMinutes(1);
        course.At(course.Now.AddDays(40)).Does((household, moment) => household.EscalateDanger(moment));
        course.PutRightTo(soon);
        Assert.Equal(
            soon.AddMinutes(16 * course.Household.Policy.AcknowledgeMinutes), course.Household.Danger!.EscalateAt);

        course.At(soon.AddDays(40)).Does((household, moment) => household.AcknowledgeDanger(moment)).PutRightTo(soon);
        Assert.InRange(course.Household.Danger!.MeasureDueAt!.Value, soon, soon.AddDays(1));
    }

    [Fact]
    public void An_answer_and_a_call_are_asked_for_again_from_now_on()
    {
        var accepted = new Course().At(Given.OfferedAt.AddDays(40)).Accepts(householdAsked: true).Sends().PutRightTo(PutRight);
        Assert.Equal(
            Given.Calendar.AddWorkingDays(PutRight, accepted.Household.Policy.AnswerDays), accepted.Household.Referral!.AnswerDueAt);

        var due = new Course().Starts();
        var soon = due.Now.AddHours(1);
        while (due.Now < soon.AddDays(40)) due.WhenItWakes().Does((household, moment) => household.Remind(moment));
        due.PutRightTo(soon);
        Assert.Equal(HouseholdState.Due, due.Household.State);
        Assert.InRange(due.Household.NextReminderAt!.Value, soon, soon.AddDays(7));
    }
}
