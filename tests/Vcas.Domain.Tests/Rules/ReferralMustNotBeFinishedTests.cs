using Vcas.Domain.Households;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Tests.Rules;

public sealed class ReferralMustNotBeFinishedTests
{
    [Theory]
    [InlineData(ReferralAnswerKind.Received, 0)]
    [InlineData(ReferralAnswerKind.Accepted, 0)]
    [InlineData(ReferralAnswerKind.Closed, 4012)]
    public void What_vcas_has_finished_with_is_sent_no_more(ReferralAnswerKind answer, int code)
    {
        var course = new Course(Given.Details(OfferAnswer.Accepted)).Sends().Answers(answer, "m-1");
        course.At(course.Now.AddHours(1));
        Assert.Equal(code, course.IsRefused((household, moment) => household.SendReferralAgain(household.Id, moment)));
    }
}
