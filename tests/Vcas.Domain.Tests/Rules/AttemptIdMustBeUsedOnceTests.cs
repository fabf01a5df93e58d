using Vcas.Domain.CallBacks;

namespace Vcas.Domain.Tests.Rules;

public sealed class AttemptIdMustBeUsedOnceTests
{
    [Fact]
    public void An_attempts_id_stands_for_one_attempt()
    {
        var course = new Course().Starts();
        var attempt = course.Attempt(CallOutcome.NoAnswer);
        course.Does((offer, moment) => offer.RecordAttempt(attempt, moment)).At(course.Now.AddHours(1));
        Assert.True(course.ChangesNothing((offer, moment) => offer.RecordAttempt(attempt with { At = moment.Now }, moment)));
        Assert.Equal(
            3010, course.IsRefused((offer, moment) => offer.RecordAttempt(attempt with { Outcome = CallOutcome.Accepted }, moment)));
    }
}
