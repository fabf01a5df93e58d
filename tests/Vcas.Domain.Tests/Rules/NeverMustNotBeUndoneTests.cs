using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Tests.Lifecycle;

namespace Vcas.Domain.Tests.Rules;

public sealed class NeverMustNotBeUndoneTests
{
    [Fact]
    public void Who_asked_never_to_be_contacted_is_not_called_again_within_seconds()
    {
        var course = new Course().Starts().Tells(CallOutcome.DoNotContact);
        var attempt = course.Household.LastAttempt!.AttemptId;
        Assert.Null(course.Household.Undoable);
        Assert.Equal(3054, course.IsRefused((household, moment) => household.UndoAttempt(attempt, Commands.Caller, moment)));
    }
}
