using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Tests.Stories;

namespace Vcas.Domain.Tests.Rules;

public sealed class KeptHouseholdMustStandTests
{
    [Theory]
    [InlineData(WithdrawalReason.Moved)]
    [InlineData(WithdrawalReason.RecordedInError)]
    [InlineData(WithdrawalReason.Duplicate)]
    public void Nothing_is_merged_into_what_was_taken_back(WithdrawalReason reason)
    {
        var kept = new Course().Withdraws(reason);
        Assert.Equal(2052, kept.IsRefused((household, moment) => household.TakeOver(DuplicateStories.Other(moment), moment)));
    }

    [Fact]
    public void A_household_that_said_no_for_good_can_be_kept()
    {
        var kept = new Course().Starts().Attempts(CallOutcome.Declined);
        Assert.Equal(0, kept.IsRefused((household, moment) => household.TakeOver(DuplicateStories.Other(moment), moment)));
    }
}
