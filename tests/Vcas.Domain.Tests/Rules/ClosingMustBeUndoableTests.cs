using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class ClosingMustBeUndoableTests
{
    [Fact]
    public void What_is_open_referred_or_asked_for_silence_cannot_wait_again()
    {
        Assert.Equal(2024, CodeOf(new Course()));
        Assert.Equal(2024, CodeOf(new Course().Accepts()));
        Assert.Equal(2024, CodeOf(new Course().Accepts().Sends().Withdraws(WithdrawalReason.NoLongerWanted)));
        Assert.Equal(2024, CodeOf(new Course(Given.Details(OfferAnswer.DoNotContact))));
        Assert.Equal(2024, CodeOf(new Course().Withdraws(WithdrawalReason.DoNotContact)));
        Assert.Equal(2024, CodeOf(new Course(Given.Details(OfferAnswer.DoNotContact)).Withdraws(WithdrawalReason.RecordedInError)));
        Assert.Equal(2024, CodeOf(new Course().Starts().Attempts(CallOutcome.DoNotContact).Withdraws(WithdrawalReason.RecordedInError)));
        Assert.Equal(0, CodeOf(new Course().Withdraws(WithdrawalReason.Duplicate)));
        Assert.Equal(0, CodeOf(new Course().Withdraws(WithdrawalReason.Moved)));
        Assert.Equal(0, CodeOf(new Course().Starts().Attempts(CallOutcome.Died)));
    }

    private static int CodeOf(
        Course course) => course.IsRefused((household, moment) => household.Reopen(ReopeningReason.ClosedInError, moment));
}
