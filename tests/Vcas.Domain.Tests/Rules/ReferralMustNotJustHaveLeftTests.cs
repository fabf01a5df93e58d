using Vcas.Domain.Households;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Rules;

public sealed class ReferralMustNotJustHaveLeftTests
{
    [Theory]
    [InlineData(0, 4011)]
    [InlineData(10, 4011)]
    [InlineData(11, 0)]
    public void What_the_queue_may_still_remember_is_not_sent_again(int minutes, int code)
    {
        var course = new Course(Given.Details(OfferAnswer.Accepted)).Sends();
        course.At(course.Now.AddMinutes(minutes));
        Assert.Equal(code, course.IsRefused((household, moment) => household.SendReferralAgain(household.Id, moment)));
    }
}
