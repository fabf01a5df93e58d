using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallBackMustBeDueTests
{
    [Fact]
    public void Nobody_calls_a_second_early_and_nobody_is_turned_away_on_time()
    {
        var course = new Course().At(Given.DueAt.AddSeconds(-1));
        Assert.Equal(3001, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.NoAnswer), moment)));
        course.At(Given.DueAt).Attempts(CallOutcome.NoAnswer);
        Assert.Equal(["OfferRecorded", "CallBackDue", "AttemptRecorded"], course.Happened);
    }

    [Fact]
    public void Before_the_time_of_the_next_attempt_an_outcome_is_a_late_one()
    {
        var course = new Course().Starts().Attempts(CallOutcome.NoAnswer);
        course.At(course.Household.CallFrom!.Value.AddSeconds(-1)).Attempts(CallOutcome.NoAnswer);
        Assert.Equal("LateOutcomeRecorded", course.Happened.Last());
    }
}
