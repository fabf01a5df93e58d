using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Tests.Lifecycle;

namespace Vcas.Domain.Tests.Rules;

public sealed class UndoMustBeInTimeTests
{
    [Fact]
    public void The_last_second_counts_and_the_next_does_not()
    {
        var course = new Course().Starts().Tells(CallOutcome.NoAnswer);
        var attempt = course.Household.LastAttempt!.AttemptId;
        var until = course.Now.AddSeconds(20);
        Assert.Equal(HouseholdState.Due, Undo(course.Household, until).Household.State);
        Assert.Equal(3053, Given.RefusalOf(() => Undo(course.Household, until.AddTicks(1))));

        Transition Undo(Household household, DateTimeOffset at) => household.UndoAttempt(attempt, Commands.Caller, Given.Moment(at));
    }

    [Fact]
    public void Once_others_are_told_no_clock_that_is_late_brings_it_back()
    {
        var course = new Course().Starts().Tells(CallOutcome.Accepted);
        var (attempt, settled) = (course.Household.LastAttempt!.AttemptId, course.Household.SettleAttempt(course.Now.AddSeconds(20)));
        Assert.Equal(3053, Given.RefusalOf(() => settled.UndoAttempt(attempt, Commands.Caller, course.Moment)));
    }
}
