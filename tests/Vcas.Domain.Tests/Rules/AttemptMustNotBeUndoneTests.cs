using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class AttemptMustNotBeUndoneTests
{
    [Fact]
    public void A_request_that_is_sent_again_brings_no_undone_attempt_back()
    {
        var course = new Course().Starts().Tells(CallOutcome.NoAnswer);
        var again = course.Household.LastAttempt!;
        course.Undoes();
        Assert.Equal(3055, course.IsRefused((household, moment) => household.RecordAttempt(again, moment)));
        course.Attempts(CallOutcome.NoAnswer);
        Assert.Equal(1, course.Household.UnansweredCalls);
    }
}
