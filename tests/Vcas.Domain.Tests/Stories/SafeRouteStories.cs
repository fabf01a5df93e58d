using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Households to which no safe route is known: they wait like every other, and somebody is asked to find one.</summary>
public sealed class SafeRouteStories
{
    private static readonly OfferDetails WithoutANumber = Given.Details() with { Contact = null };

    private static IEnumerable<DispatchKind> Told(Course course) =>
        course.Household.Outbox.Where(dispatch => dispatch.IsOfRouteTask).Select(dispatch => dispatch.Kind);

    private static Course Recorded(OfferDetails? details = null, CallBackPolicy? policy = null, DateTimeOffset? at = null)
    {
        var course = new Course(details ?? WithoutANumber, policy, recordedAt: at);
        return course.Does((household, _) => new Transition(household with { RecordedBy = "officer-1" }, []));
    }

    [Fact]
    public void Who_recorded_it_and_the_supervisor_are_told_on_three_working_days_and_the_call_falls_due_meanwhile()
    {
        var course = Recorded();
        Assert.Equal((Stage.AwaitingSafeRoute, Given.London("2023-06-09 09:00")), (course.Plan.Stage, course.Plan.WakeAt));
        Assert.True(course.ChangesNothing((household, moment) => household.RemindOfSafeRoute(moment)));
        course.WhenItWakes().Does((household, moment) => household.RemindOfSafeRoute(moment));
        Assert.Equal([DispatchKind.SafeRouteAsked, DispatchKind.SafeRouteMissing], Told(course));
        Assert.True(course.ChangesNothing((household, moment) => household.RemindOfSafeRoute(moment)));

        Assert.Equal(Given.London("2023-06-20 09:00"), course.Plan.WakeAt);
        course.WhenItWakes().Does((household, moment) => household.RemindOfSafeRoute(moment));
        Assert.Equal((Stage.AwaitingCall, Given.DueAt), (course.Plan.Stage, course.Plan.WakeAt));
        course.Starts();
        Assert.Contains(DispatchKind.SafeRouteNeeded, course.Outbox);
        // What told of the task is not overtaken by the call.
        Assert.Equal([DispatchKind.SafeRouteAsked, DispatchKind.SafeRouteMissing], Told(course));

        course.At(Given.London("2023-06-30 09:00")).Does((household, moment) => household.RemindOfSafeRoute(moment));
        Assert.Equal(new RouteTask(Given.OfferedAt, 3, null), course.Household.RouteTask);
        Assert.Equal([1, 2, 3], course.Trail.Select(entry => entry.Event).OfType<SafeRouteReminded>().Select(told => told.Step));
        Assert.True(course.At(course.Now.AddDays(60)).ChangesNothing((household, moment) => household.RemindOfSafeRoute(moment)));
    }

    [Theory]
    [InlineData(15, 2)]
    [InlineData(40, 3)]
    public void What_had_passed_when_it_was_recorded_is_told_of_once_in_the_next_call_hours(int daysLate, int step)
    {
        var course = Recorded(at: Given.OfferedAt.AddDays(daysLate));
        Assert.Equal(Given.Calendar.NextCallMoment(course.Now), course.Household.RouteTask!.RemindAt);
        course.At(course.Household.RouteTask.RemindAt!.Value).Does((household, moment) => household.RemindOfSafeRoute(moment));
        Assert.Equal(step, course.Household.RouteTask!.Step);
        Assert.Single(course.Trail, entry => entry.Event is SafeRouteReminded);
        Assert.True(course.Household.RouteTask.RemindAt is not { } next || next > course.Now);
    }

    [Fact]
    public void A_wrong_number_begins_it_and_another_one_ends_it()
    {
        var course = new Course().Starts().Attempts(CallOutcome.WrongNumber);
        Assert.Equal(new RouteTask(course.Now, 0, Given.Calendar.AddWorkingDays(course.Now, 3)), course.Household.RouteTask);
        course.At(course.Household.RouteTask!.RemindAt!.Value).Does((household, moment) => household.RemindOfSafeRoute(moment));
        // Nobody is known who recorded it.
        Assert.Equal([DispatchKind.SafeRouteMissing], Told(course));

        course.Does((household, moment) => household.ChangeContact(Given.OtherContact, moment));
        Assert.Null(course.Household.RouteTask);
        Assert.Empty(Told(course));
        Assert.Equal(RouteKind.Phone, Assert.Single(course.Trail.Select(entry => entry.Event).OfType<SafeRouteFound>()).Route);

        // The next wrong number is a task of its own.
        course.Starts().Attempts(CallOutcome.WrongNumber);
        Assert.Equal((course.Now, 0), (course.Household.RouteTask!.Since, course.Household.RouteTask.Step));
    }

    [Fact]
    public void A_hold_for_a_wrong_number_begins_it_too_also_beneath_what_the_supervisor_decides()
    {
        var review = Given.DueAt.AddDays(9);
        var course = new Course().Starts()
            .Does((household, moment) => household.HoldForSupervisor(HoldReason.LikelyDuplicate, Guid.NewGuid(), "caller", moment))
            .Does((household, moment) => household.PlaceHold(HoldReason.WrongNumber, review, moment));
        Assert.True(course.Household.IsHeldForSupervisor);
        Assert.Equal(course.Now, course.Household.RouteTask?.Since);
    }

    [Fact]
    public void While_the_call_is_held_for_another_reason_nobody_is_sent_to_ask_and_afterwards_once()
    {
        var course = Recorded().Does((household, moment) =>
            household.PlaceHold(HoldReason.SuspectAtAddress, moment.Now.AddDays(16), moment));
        Assert.Equal(Stage.OnHold, course.Plan.Stage);
        course.At(Given.OfferedAt.AddDays(15));
        Assert.True(course.ChangesNothing((household, moment) => household.RemindOfSafeRoute(moment)));
        course.Does((household, moment) => household.ReleaseHold(moment));
        Assert.Equal(Stage.AwaitingSafeRoute, course.Plan.Stage);
        course.Does((household, moment) => household.RemindOfSafeRoute(moment));
        Assert.Equal(2, course.Household.RouteTask!.Step);
        Assert.Single(course.Trail, entry => entry.Event is SafeRouteReminded);
    }

    public static TheoryData<string> Ends => ["accepts", "withdrawn", "died", "never"];

    [Theory]
    [MemberData(nameof(Ends))]
    public void It_ends_with_the_course_and_what_told_of_it_stays_here(string how)
    {
        var course = Recorded().WhenItWakes().Does((household, moment) => household.RemindOfSafeRoute(moment));
        course = how switch
        {
            "accepts" => course.Accepts(contact: Given.Contact),
            "withdrawn" => course.Withdraws(WithdrawalReason.Moved),
            "died" => course.RingsUs(CallOutcome.Died),
            _ => course.RingsUs(CallOutcome.DoNotContact),
        };
        Assert.Null(course.Household.RouteTask);
        Assert.Empty(Told(course));
        Assert.Equal(how == "accepts", course.Happened.Contains(nameof(SafeRouteFound)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whom_nobody_would_call_any_more_and_is_called_again_needs_a_route_again(bool isReopened)
    {
        var course = isReopened
            ? Recorded().Withdraws(WithdrawalReason.Moved).At(Given.OfferedAt.AddDays(3))
                .Does((household, moment) => household.Reopen(ReopeningReason.ClosedInError, moment))
            : Recorded(policy: new CallBackPolicy()).RingsUs(CallOutcome.Declined).At(Given.OfferedAt.AddDays(3))
                .RingsUs(CallOutcome.CallLater, again: Given.Calendar.NextCallMoment(Given.OfferedAt.AddDays(9)));
        Assert.Equal(course.Now, course.Household.RouteTask?.Since);
    }

    [Fact]
    public void Who_rings_without_a_number_has_no_wrong_one()
    {
        var course = Recorded();
        Assert.Equal(3032, course.IsRefused((household, moment) =>
            household.PlaceHold(HoldReason.WrongNumber, moment.Now.AddDays(3), moment)));
        Assert.Equal(HouseholdState.Waiting, course.RingsUs(CallOutcome.WrongNumber).Household.State);
    }

    [Fact]
    public void The_policy_in_force_reaches_the_task_of_a_household_that_waits()
    {
        var course = Recorded();
        var sooner = new CallBackPolicy { SafeRouteDays1 = 1 };
        course.Does((household, moment) => household.ApplyPolicy(sooner, moment));
        Assert.Equal(Given.London("2023-06-07 09:00"), course.Household.RouteTask!.RemindAt);
        Assert.True(course.ChangesNothing((household, moment) => household.ApplyPolicy(sooner, moment)));
    }

    [Fact]
    public void A_date_that_is_put_right_moves_the_days_on_which_it_is_told_of()
    {
        var course = Recorded(at: Given.OfferedAt.AddDays(2));
        course.Does((household, moment) => household.CorrectRecord(
            new RecordCorrection(OfferedAt: Given.OfferedAt.AddDays(1)), Given.SchemeStart, moment));
        Assert.Equal(
            new RouteTask(Given.OfferedAt.AddDays(1), 0, Given.London("2023-06-12 09:00")), course.Household.RouteTask);
    }

    [Fact]
    public void That_who_recorded_it_cannot_be_told_does_not_mean_that_nobody_knows_of_the_call()
    {
        var told = Recorded().WhenItWakes().Does((household, moment) => household.RemindOfSafeRoute(moment)).Household;
        var (asked, missing) = (told.Outbox.Single(dispatch => dispatch.Kind == DispatchKind.SafeRouteAsked),
            told.Outbox.Single(dispatch => dispatch.Kind == DispatchKind.SafeRouteMissing));
        Assert.Null(told.NoticeUndeliverable(asked.Id, Given.DueAt).UntoldSince);
        var untold = told.NoticeUndeliverable(missing.Id, Given.DueAt);
        Assert.Equal(Given.DueAt, untold.UntoldSince);
        Assert.Equal(Given.DueAt, untold.NoticeSent(asked.Id).UntoldSince);
        Assert.Null(told.NoticeSent(missing.Id).NoticeDelayed(Given.DueAt).UntoldSince);
    }
}
