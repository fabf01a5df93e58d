using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class AttemptIdMustBeUsedOnceTests
{
    [Fact]
    public void An_attempts_id_stands_for_one_attempt()
    {
        var course = new Course().Starts();
        var attempt = course.Attempt(CallOutcome.NoAnswer);
        course.Does((household, moment) => household.RecordAttempt(attempt, moment)).At(course.Now.AddHours(1));
        Assert.True(course.ChangesNothing((household, moment) => household.RecordAttempt(attempt with { At = moment.Now }, moment)));
        Assert.Equal(
            3010, course.IsRefused(
                (household, moment) => household.RecordAttempt(attempt with { Outcome = CallOutcome.Accepted }, moment)));
    }
}
