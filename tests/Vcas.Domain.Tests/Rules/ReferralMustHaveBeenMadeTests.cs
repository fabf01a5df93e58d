using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Rules;

public sealed class ReferralMustHaveBeenMadeTests
{
    [Fact]
    public void Nothing_can_happen_to_a_referral_that_was_never_made()
    {
        var course = new Course();
        Assert.Equal(4001, course.IsRefused((offer, moment) => offer.Amend(offer.Details, moment)));
        Assert.Equal(4001, course.IsRefused((offer, moment) => offer.WithdrawReferral(WithdrawalReason.NeedsMet, moment)));
        Assert.Equal(
            4001, course.IsRefused((offer, moment) => offer.ReceiveAnswer(new ReferralAnswer("m-1", ReferralAnswerKind.Accepted), moment)));
        course.Accepts();
        Assert.Equal(0, course.IsRefused((offer, moment) => offer.WithdrawReferral(WithdrawalReason.NeedsMet, moment)));
    }
}
