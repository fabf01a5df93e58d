using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class FirstCallMustLieAheadTests
{
    [Fact]
    public void A_new_policy_reaches_a_household_only_before_its_first_call()
    {
        var course = new Course();
        Assert.Equal(0, Apply(course));
        course.Starts();
        Assert.Equal(2009, Apply(course));
        course.Attempts(CallOutcome.NoAnswer);
        Assert.Equal(OfferState.Waiting, course.Offer.State);
        Assert.Equal(2009, Apply(course));
        Assert.Equal(2009, Apply(new Course(Given.Details(OfferAnswer.Accepted))));
        Assert.Equal(2009, Apply(new Course().Withdraws(WithdrawalReason.Moved)));
    }

    private static int Apply(Course course) =>
        course.IsRefused((offer, moment) => offer.ApplyPolicy(new CallBackPolicy { IntervalDays = 28 }, moment));
}
