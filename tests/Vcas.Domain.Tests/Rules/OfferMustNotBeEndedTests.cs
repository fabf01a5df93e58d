using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class OfferMustNotBeEndedTests
{
    [Theory]
    [InlineData(WithdrawalReason.RecordedInError)]
    [InlineData(WithdrawalReason.Duplicate)]
    [InlineData(WithdrawalReason.Moved)]
    [InlineData(WithdrawalReason.Died)]
    [InlineData(WithdrawalReason.NeedsMet)]
    [InlineData(WithdrawalReason.NoLongerWanted)]
    [InlineData(WithdrawalReason.Other)]
    public void What_was_taken_back_is_not_accepted(WithdrawalReason reason)
    {
        var course = new Course().Withdraws(reason);
        Assert.Equal(2006, course.IsRefused((household, moment) => household.Accept(moment.Now, householdAsked: true, null, null, moment)));
    }

    [Theory]
    [InlineData(CallOutcome.Died, 2006)]
    [InlineData(CallOutcome.Declined, 0)]
    public void A_household_that_declined_may_still_accept_and_a_dead_person_may_not(CallOutcome outcome, int code)
    {
        var course = new Course().Starts().Attempts(outcome);
        Assert.Equal(code, course.IsRefused((household, moment) => household.Accept(moment.Now, householdAsked: true, null, null, moment)));
    }
}
