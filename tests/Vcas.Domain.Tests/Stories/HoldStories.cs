using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Stories;

/// <summary>Holds: a person ends them, and where nobody does the supervisor hears of it until somebody decides.</summary>
public sealed class HoldStories
{
    public static TheoryData<HoldReason> Reasons => [.. Enum.GetValues<HoldReason>().Where(reason => !reason.IsForSupervisor())];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_review_that_nobody_looks_at_goes_to_the_supervisor_and_phones_nobody(HoldReason reason)
    {
        var course = new Course()
            .Does((household, moment) => household.PlaceHold(reason, Given.London("2023-06-20 08:00"), moment)).Sends();
        for (var day = 0; day < 12; day++)
        {
            course.At(course.Household.Hold!.WakeAt).Does((household, moment) => household.ReviewHold(moment));
            Assert.Equal((HouseholdState.Held, reason), (course.Household.State, course.Household.Hold!.Reason));
            Assert.Equal([DispatchKind.HoldReview], course.Outbox);
            Assert.Equal(Given.London("2023-06-20 08:00"), course.Household.KnownHold!.OverdueSince);
            Assert.True(course.ChangesNothing((household, moment) => household.ReviewHold(moment)));
            Assert.True(course.ChangesNothing((household, moment) => household.StartCallBack(moment)));
            Assert.Equal(
                3007, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.NoAnswer), moment)));
            course.Sends();
        }

        Assert.True(course.Now > Given.DueAt);
        Assert.DoesNotContain("HoldEnded", course.Happened);
    }

    [Fact]
    public void The_supervisor_is_told_at_the_review_and_every_working_day_after_it()
    {
        var friday = Given.London("2023-06-16 15:00");
        var course = new Course().Does((household, moment) => household.PlaceHold(HoldReason.BailChanged, friday, moment));
        Assert.Equal(friday, course.Plan.WakeAt);
        course.WhenItWakes().Does((household, moment) => household.ReviewHold(moment));
        Assert.Equal(Given.London("2023-06-19 15:00"), course.Plan.WakeAt);
    }

    [Fact]
    public void Extended_by_a_person_it_is_overdue_no_more()
    {
        var course = Overdue().Does((household, moment) => household.PlaceHold(HoldReason.BailChanged, moment.Now.AddDays(5), moment));
        Assert.Null(course.Household.KnownHold!.OverdueSince);
        Assert.Equal(course.Now.AddDays(5), course.Plan.WakeAt);
        Assert.Empty(course.Outbox);
    }

    [Fact]
    public void Released_by_a_person_it_is_due_in_the_next_call_hours()
    {
        var course = Overdue().AtLondon("2023-07-08 22:00").Does((household, moment) => household.ReleaseHold(moment));
        Assert.Equal((Stage.AwaitingCall, Given.London("2023-07-10 09:00")), (course.Plan.Stage, course.Plan.WakeAt!.Value));
        Assert.Equal(HouseholdState.Due, course.Starts().Household.State);
    }

    [Theory]
    [InlineData(HoldReason.SuspectDied, DeathOf.Suspect)]
    [InlineData(HoldReason.Bereavement, DeathOf.Relative)]
    public void A_death_is_told_to_the_supervisor_at_once_and_known_to_whoever_calls_ever_after(HoldReason reason, DeathOf of)
    {
        var noted = Given.London("2023-06-15 12:00");
        var course = new Course().At(noted).Does((household, moment) => household.PlaceHold(reason, moment.Now.AddDays(30), moment));
        Assert.Equal([DispatchKind.HoldReview], course.Outbox);
        course.At(noted.AddDays(31)).Does((household, moment) => household.ReleaseHold(moment)).Starts().Attempts(CallOutcome.NoAnswer);
        Assert.Equal(new KnownDeath(of, noted), course.Household.Death);
    }

    [Fact]
    public void A_call_that_was_unsafe_without_a_day_named_is_told_to_the_supervisor_at_once()
    {
        Assert.Equal([DispatchKind.HoldReview], new Course().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.Unsafe).Outbox);
        Assert.Empty(new Course().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.Unsafe, again: Given.DueAt.AddDays(9)).Outbox);
    }

    private static Course Overdue()
    {
        var course = new Course().Starts().Attempts(CallOutcome.UnsafeToCall, HoldReason.BailChanged);
        return course.Sends().WhenItWakes().Does((household, moment) => household.ReviewHold(moment));
    }
}
