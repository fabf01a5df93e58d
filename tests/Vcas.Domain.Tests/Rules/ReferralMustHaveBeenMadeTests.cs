using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Rules;

public sealed class ReferralMustHaveBeenMadeTests
{
    [Fact]
    public void Nothing_can_happen_to_a_referral_that_was_never_made()
    {
        var course = new Course();
        Assert.Equal(4001, course.IsRefused((household, moment) => household.Amend(household.Details, moment)));
        Assert.Equal(
            4001, course.IsRefused((household, moment) => household.WithdrawReferral(household.Id, WithdrawalReason.NeedsMet, moment)));
        Assert.Equal(
            4001, course.IsRefused((household, moment) => household.ReceiveAnswer(
                household.Id, new ReferralAnswer("m-1", ReferralAnswerKind.Accepted), moment)));
        course.Accepts();
        Assert.Equal(
            0, course.IsRefused((household, moment) => household.WithdrawReferral(household.Id, WithdrawalReason.NeedsMet, moment)));
    }
}
