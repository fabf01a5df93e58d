using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Households that are met or written to.</summary>
public sealed class VisitStories
{
    private static readonly OfferDetails WithoutANumber = Given.Details() with { Contact = null };

    [Fact]
    public void Without_a_number_it_is_due_as_a_visit_and_closes_after_as_many_as_the_policy_says()
    {
        var course = new Course(WithoutANumber).Starts();
        Assert.Equal(ContactRoad.Visit, course.Household.Road);
        Assert.Equal([DispatchKind.VisitDue, DispatchKind.SafeRouteNeeded], course.Outbox);
        course.Visits(CallOutcome.NoAnswer);
        Assert.Equal(
            (HouseholdState.Waiting, Given.Calendar.AddWorkingDays(Given.DueAt, 5)), (course.Household.State, course.Household.CallFrom));
        course.Starts().Visits(CallOutcome.NoAnswer);
        Assert.Equal(ClosingReason.NotReached, course.Household.Closing?.Reason);
        Assert.Equal((2, Given.DueAt), (course.Record.Attempts, course.Record.FirstAttemptAt));
    }

    [Fact]
    public void A_letter_is_waited_for_also_the_last_time()
    {
        var course = new Course(WithoutANumber).Starts();
        for (var letter = 0; letter < 2; letter++)
        {
            var written = course.Now;
            course.Tries(AttemptWay.Letter, CallOutcome.MessageLeft);
            Assert.Equal(Given.Calendar.NextCallMoment(written.AddDays(14)), course.Household.CallFrom);
            course.Starts();
        }

        Assert.Equal(ClosingReason.NotReached, course.Tries(AttemptWay.Letter, CallOutcome.MessageLeft).Household.Closing?.Reason);
    }

    [Fact]
    public void A_visit_before_its_time_is_kept_and_what_is_planned_stays()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(9)).Visits(CallOutcome.NoAnswer);
        Assert.Equal((HouseholdState.Waiting, Given.DueAt), (course.Household.State, course.Household.CallFrom));
        Assert.Equal((0, null), (course.Record.Attempts, course.Record.FirstAttemptAt));
        // It counts neither among the calls without an answer nor among the visits of a household that was due.
        Assert.Equal((0, 0), (course.Household.UnansweredCalls, course.Household.UnansweredVisits));
        course.Starts().Visits(CallOutcome.NoAnswer);
        Assert.Equal((HouseholdState.Due, 1), (course.Household.State, course.Record.Attempts));
    }

    [Fact]
    public void Whom_somebody_visited_in_vain_before_the_call_and_nobody_calls_is_missed_all_the_same()
    {
        var course = new Course().At(Given.OfferedAt.AddDays(9)).Visits(CallOutcome.NoAnswer).Starts();
        course.At(course.Household.OverdueAt!.Value).Does((household, moment) => household.Remind(moment));
        Assert.True(course.Record.WasMissed);
    }

    [Fact]
    public void The_second_no_at_a_visit_closes_it_for_a_reason_of_its_own_and_the_first_offers_once_more()
    {
        Assert.Equal(
            ClosingReason.DeclinedInPerson,
            new Course().At(Given.OfferedAt.AddDays(5)).Visits(CallOutcome.Declined).Household.Closing?.Reason);
        var first = new Course(Given.Details(OfferAnswer.NotAsked)).At(Given.OfferedAt.AddDays(5)).Visits(CallOutcome.Declined);
        Assert.Equal((HouseholdState.Waiting, 1), (first.Household.State, first.Household.Refusals));
        Assert.Equal(Given.Calendar.DueAfter(first.Now, 21), first.Household.CallFrom);
        Assert.Equal(ClosingReason.DeclinedAtCallBack, first.Starts().Attempts(CallOutcome.Declined).Household.Closing?.Reason);
    }

    [Theory]
    [InlineData(9, AcceptedWhen.BeforeCallBack)]
    [InlineData(30, AcceptedWhen.AtCallBack)]
    public void A_yes_at_a_visit_counts_where_it_was_said(int day, AcceptedWhen when)
    {
        var course = new Course(WithoutANumber);
        if (day > 21) course.Starts();
        course.At(Given.OfferedAt.AddDays(day)).Visits(CallOutcome.Accepted, Given.Contact);
        Assert.Equal(when, course.Household.Acceptance?.When);
        Assert.Equal("SafeRouteFound", course.Trail.Select(entry => entry.Event).OfType<SafeRouteFound>().Single().GetType().Name);
    }

    [Fact]
    public void A_number_that_is_given_at_a_visit_is_called_at_the_time_they_asked_for()
    {
        var thursday = Given.London("2023-06-29 10:30");
        var course = new Course(WithoutANumber).Starts().Visits(CallOutcome.CallLater, Given.Contact, thursday);
        Assert.Equal((HouseholdState.Waiting, thursday), (course.Household.State, course.Household.CallFrom));
        Assert.Equal((ContactRoad.Phone, null), (course.Household.Road, course.Household.RouteTask));
        course.Starts();
        Assert.Equal([DispatchKind.CallBackDue], course.Outbox);
        Assert.True(course.Attempts(CallOutcome.Accepted).Household.Referral is not null);
    }

    [Fact]
    public void A_wrong_number_is_given_up_for_a_visit()
    {
        var course = new Course().Starts().Attempts(CallOutcome.WrongNumber).Does((household, moment) => household.PlanVisit(moment));
        Assert.Null(course.Household.Details.Contact);
        Assert.Equal(Given.Contact, course.Household.Corrections[^1].Was.Contact);
        Assert.NotNull(course.Household.RouteTask);
        course.Starts();
        Assert.Equal((HouseholdState.Due, ContactRoad.Visit), (course.Household.State, course.Household.Road));
        Assert.True(course.ChangesNothing((household, moment) => household.PlanVisit(moment)));
    }

    [Fact]
    public void A_planned_visit_is_told_of_as_one_until_another_number_is_known()
    {
        var course = new Course().Does((household, moment) => household.PlanVisit(moment)).Starts();
        Assert.Equal([DispatchKind.VisitDue], course.Outbox);
        course.WhenItWakes().Does((household, moment) => household.Remind(moment));
        Assert.Contains(DispatchKind.VisitDue, course.Outbox);
        course.Does((household, moment) => household.ChangeContact(Given.OtherContact, moment));
        Assert.Equal(ContactRoad.Phone, course.Household.Road);
    }

    [Fact]
    public void A_visit_ends_no_hold_and_what_was_said_of_the_number_stays_wrong()
    {
        var held = new Course().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.BailChanged);
        var later = Given.Calendar.NextCallMoment(held.Now.AddDays(6));
        Assert.Equal(HouseholdState.Held, held.Visits(CallOutcome.CallLater, again: later).Household.State);
        Assert.Equal(later, held.Household.CallFrom);

        var wrong = new Course().Starts().Attempts(CallOutcome.WrongNumber);
        Assert.Equal(3009, wrong.IsRefused((household, moment) => household.RecordAttempt(
            wrong.Attempt(CallOutcome.CallLater, again: later) with { By = AttemptWay.Visit }, moment)));
        Assert.Equal(HouseholdState.Waiting, wrong.Visits(CallOutcome.CallLater, Given.OtherContact, later).Household.State);
    }

    [Theory]
    [InlineData(false, 3034)]
    [InlineData(true, 0)]
    public void A_message_is_left_only_where_they_agreed_to_it_and_counts_as_a_call_without_an_answer(bool isAllowed, int code)
    {
        var details = Given.Details() with { Contact = Given.Contact with { VoicemailAllowed = isAllowed } };
        var course = new Course(details, new CallBackPolicy { MaxAttempts = 1 }).Starts();
        Assert.Equal(code, course.IsRefused((household, moment) =>
            household.RecordAttempt(course.Attempt(CallOutcome.MessageLeft), moment)));
        if (code == 0)
            Assert.Equal(ClosingReason.NotReached, course.Attempts(CallOutcome.MessageLeft).Household.Closing?.Reason);
    }

    [Fact]
    public void What_was_left_with_somebody_whom_nobody_is_to_reach_any_more_is_refused()
    {
        var course = new Course().Accepts();
        Assert.Equal(2005, course.IsRefused((household, moment) => household.RecordAttempt(
            course.Attempt(CallOutcome.MessageLeft) with { By = AttemptWay.Letter }, moment)));
    }
}
