using Vcas.Domain.Calendar;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Reporting;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Hours in which a call is safe, and those in which calls are made.</summary>
public sealed class SafeHoursStories
{
    private static readonly CallHours SaturdayMornings = new(new TimeOnly(9, 30), new TimeOnly(12, 30), [DayOfWeek.Saturday]);

    [Theory]
    [InlineData("2023-06-28 10:00", false)]
    [InlineData("2023-06-28 11:59", false)]
    [InlineData("2023-06-28 12:00", true)]
    [InlineData("2023-06-28 09:59", true)]
    [InlineData("2023-06-29 10:30", true)]
    public void A_call_at_a_time_that_was_not_named_as_safe_is_marked_and_kept(string wall, bool isOutside)
    {
        // The household named Wednesdays from 10 to 12.
        var course = new Course().Starts().AtLondon(wall).Attempts(CallOutcome.NoAnswer);
        Assert.Equal(isOutside, course.Household.Attempts[0].OutsideSafeHours);
        Assert.Equal(isOutside ? 1 : 0, course.Record.AttemptsOutsideSafeHours);
        Assert.Equal(isOutside ? 1 : 0, UptakeReport.Of([course.Record], UptakeBy.Total)[0].OutsideSafeHours);
        Assert.Contains(course.Trail, entry => entry.Event is AttemptRecorded recorded && recorded.OutsideSafeHours == isOutside);
    }

    [Fact]
    public void What_nobody_dialled_is_outside_no_hours()
    {
        var course = new Course().Starts()
            .AtLondon("2023-06-29 10:30").RingsUs(CallOutcome.NoAnswer).Attempts(CallOutcome.UnsafeToCall, HoldReason.BailChanged);
        Assert.Equal(0, course.Record.AttemptsOutsideSafeHours);
    }

    [Fact]
    public void A_time_that_they_named_since_is_safe_whatever_they_named_at_the_door()
    {
        var friday = Given.London("2023-07-07 14:30");
        var course = new Course().Starts().AtLondon("2023-06-28 10:30")
            .Attempts(CallOutcome.CallLater, again: friday).Starts().At(friday.AddMinutes(20)).Attempts(CallOutcome.NoAnswer);
        Assert.Equal(0, course.Record.AttemptsOutsideSafeHours);
    }

    [Theory]
    [InlineData(DayOfWeek.Saturday, 10, 12, true)]
    [InlineData(DayOfWeek.Tuesday, 17, 21, true)]
    [InlineData(DayOfWeek.Friday, 6, 9, true)]
    [InlineData(DayOfWeek.Friday, 16, 20, false)]
    [InlineData(DayOfWeek.Monday, 8, 10, false)]
    public void Hours_that_never_meet_the_call_hours_are_told_to_the_supervisor_at_once(DayOfWeek day, int from, int to, bool never)
    {
        var course = new Course(Given.Details() with { Contact = SafeOn(day, from, to) });
        Assert.Equal(never, course.Household.IsNeverSafeToCallIn(CallHours.OfficeHours));
        Assert.Equal(never ? [DispatchKind.SafeHoursUnmet] : [], course.Outbox);
        Assert.Equal(never, course.Plan.HasNotices);
    }

    [Fact]
    public void Another_contact_whose_hours_never_meet_is_told_of_too()
    {
        var course = new Course().Does((household, moment) => household.ChangeContact(SafeOn(DayOfWeek.Sunday, 10, 18), moment));
        Assert.Equal([DispatchKind.SafeHoursUnmet], course.Outbox);
    }

    [Fact]
    public void Saturday_hours_opened_for_one_household_move_its_call_and_all_that_follow()
    {
        var course = new Course(Given.Details() with { Contact = SafeOn(DayOfWeek.Saturday, 10, 12) }).Sends()
            .Does((household, moment) => household.OpenCallHours(SaturdayMornings, moment));
        Assert.False(course.Household.IsNeverSafeToCallIn(CallHours.OfficeHours));
        Assert.Equal(
            (Given.London("2023-07-01 09:30"), Given.London("2023-07-01 09:30")), (
                course.Household.DueAt!.Value, course.Plan.WakeAt!.Value));
        Assert.True(
            course.ChangesNothing(
                (household, moment) => household.OpenCallHours(SaturdayMornings with { Days = [DayOfWeek.Saturday] }, moment)));
        course.Starts().AtLondon("2023-07-01 10:30").Attempts(CallOutcome.NoAnswer);
        Assert.False(course.Household.Attempts[0].OutsideSafeHours);
        Assert.Equal(Given.London("2023-07-08 09:30"), course.Plan.WakeAt);
        var asked = Given.London("2023-07-15 11:00");
        Assert.Equal(asked, course.Starts().Attempts(CallOutcome.CallLater, again: asked).Plan.WakeAt);
    }

    [Fact]
    public void A_call_that_is_due_and_overdue_outside_the_opened_hours_waits_for_them()
    {
        var course = new Course(Given.Details() with { Contact = SafeOn(DayOfWeek.Saturday, 10, 12) }).Starts();
        course.WhenItWakes()
            .Does((household, moment) => household.Remind(moment)).WhenItWakes().Does((household, moment) => household.Remind(moment));
        Assert.Contains(DispatchKind.CallBackOverdue, course.Outbox);
        course.Does((household, moment) => household.OpenCallHours(SaturdayMornings, moment));
        Assert.Equal((HouseholdState.Waiting, Given.London("2023-07-01 09:30")), (course.Household.State, course.Plan.WakeAt!.Value));
        Assert.Empty(course.Outbox);
    }

    [Fact]
    public void A_time_that_the_household_asked_for_is_not_moved()
    {
        var thursday = Given.London("2023-06-29 10:00");
        var course = new Course().Starts().Attempts(CallOutcome.CallLater, again: thursday)
            .Does((household, moment) =>
                household.OpenCallHours(new CallHours(new TimeOnly(10, 0), new TimeOnly(19, 0), [DayOfWeek.Wednesday]), moment));
        Assert.Equal(thursday, course.Plan.WakeAt);
    }

    [Fact]
    public void Hours_past_midnight_are_safe_on_both_sides_of_it()
    {
        var night = new SafeTime([DayOfWeek.Friday], new TimeOnly(22, 0), new TimeOnly(1, 30));
        Assert.True(SafeHours.Include([night], Given.London("2023-06-30 23:59")));
        Assert.True(SafeHours.Include([night], Given.London("2023-07-01 01:00")));
        Assert.False(SafeHours.Include([night], Given.London("2023-07-01 01:30")));
        Assert.True(SafeHours.Meet([night], new CallHours(new TimeOnly(1, 0), new TimeOnly(2, 0), [DayOfWeek.Saturday])));
    }

    private static SafeContact SafeOn(DayOfWeek day, int from, int to) =>
        Given.Contact with { SafeTimes = [new SafeTime([day], new TimeOnly(from, 0), new TimeOnly(to, 0))] };
}
