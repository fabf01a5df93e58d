using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Tests.Lifecycle;

namespace Vcas.Domain.Tests.Rules;

public sealed class AttemptMustBeTheLastTests
{
    [Fact]
    public void What_somebody_did_since_makes_it_final()
    {
        var course = new Course().Starts().Tells(CallOutcome.NoAnswer);
        var attempt = course.Household.LastAttempt!.AttemptId;
        course.Does((household, _) => household.Reassign(new("Care officers", "officer-7"), Given.Teams));
        Assert.Equal(3051, course.IsRefused((household, moment) => household.UndoAttempt(attempt, Commands.Caller, moment)));
    }

    [Fact]
    public void An_attempt_of_which_nobody_knows_is_not_the_last() => Assert.Equal(
        3051,
        new Course().Starts().IsRefused((household, moment) => household.UndoAttempt(Guid.NewGuid(), Commands.Caller, moment)));

    [Fact]
    public void A_route_that_came_with_it_stays_and_so_does_the_outcome()
    {
        var course = new Course().Starts();
        course.Does((household, moment) => household.RecordAttempt(
            course.Attempt(CallOutcome.NoAnswer), moment, Given.OtherContact,
            undo: new UndoTerms(Commands.Caller, moment.Now.AddSeconds(20))));
        var attempt = course.Household.LastAttempt!.AttemptId;
        Assert.Equal(3051, course.IsRefused((household, moment) => household.UndoAttempt(attempt, Commands.Caller, moment)));
    }
}
