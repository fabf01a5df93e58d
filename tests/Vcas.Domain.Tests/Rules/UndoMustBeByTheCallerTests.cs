using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Tests.Lifecycle;

namespace Vcas.Domain.Tests.Rules;

public sealed class UndoMustBeByTheCallerTests
{
    [Fact]
    public void Nobody_undoes_what_somebody_else_recorded()
    {
        var course = new Course().Starts().Tells(CallOutcome.NoAnswer);
        var attempt = course.Household.LastAttempt!.AttemptId;
        Assert.Equal(3052, course.IsRefused((household, moment) => household.UndoAttempt(attempt, "caller-2", moment)));
        course.Does((household, moment) => household.UndoAttempt(attempt, Commands.Caller.ToUpperInvariant(), moment));
        Assert.Equal(HouseholdState.Due, course.Household.State);
    }
}
