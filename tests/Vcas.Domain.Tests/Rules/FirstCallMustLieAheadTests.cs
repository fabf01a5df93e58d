using Vcas.Domain.Households;
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
        Assert.Equal(HouseholdState.Waiting, course.Household.State);
        Assert.Equal(2009, Apply(course));
        Assert.Equal(2009, Apply(new Course(Given.Details(OfferAnswer.Accepted))));
        Assert.Equal(2009, Apply(new Course().Withdraws(WithdrawalReason.Moved)));
    }

    private static int Apply(Course course) =>
        course.IsRefused((household, moment) => household.ApplyPolicy(new CallBackPolicy { IntervalDays = 28 }, moment));
}
