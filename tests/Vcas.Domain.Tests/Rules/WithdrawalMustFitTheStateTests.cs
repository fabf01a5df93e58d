using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class WithdrawalMustFitTheStateTests
{
    [Theory]
    [InlineData(CallOutcome.Declined, WithdrawalReason.DoNotContact, 0)]
    [InlineData(CallOutcome.Declined, WithdrawalReason.Duplicate, 0)]
    [InlineData(CallOutcome.Declined, WithdrawalReason.Moved, 2008)]
    [InlineData(CallOutcome.Died, WithdrawalReason.RecordedInError, 0)]
    [InlineData(CallOutcome.Died, WithdrawalReason.DoNotContact, 2008)]
    [InlineData(CallOutcome.DoNotContact, WithdrawalReason.RecordedInError, 0)]
    [InlineData(CallOutcome.DoNotContact, WithdrawalReason.NeedsMet, 2008)]
    public void After_its_end_an_offer_is_withdrawn_only_to_correct_it(CallOutcome end, WithdrawalReason reason, int code)
    {
        var course = new Course().Starts().Attempts(end);
        Assert.Equal(code, course.IsRefused((household, moment) => household.Withdraw(reason, moment)));
    }

    [Fact]
    public void An_offer_is_withdrawn_once() =>
        Assert.Equal(2008, new Course()
            .Withdraws(WithdrawalReason.Moved).IsRefused((household, moment) => household.Withdraw(WithdrawalReason.Duplicate, moment)));
}
