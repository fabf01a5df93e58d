using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class HouseholdMustNotBeErasedTests
{
    [Fact]
    public void An_erased_household_accepts_nothing_more_under_its_old_id()
    {
        var course = new Course().Starts().Attempts(CallOutcome.Declined);
        var moment = course.Moment;
        var erased = course.Household.Erase(ErasureReason.RetentionEnded, moment).Household;
        var refused = Assert.Throws<RuleBrokenException>(
            () => erased.Accept(moment.Now, householdAsked: true, Given.Contact, null, moment));
        Assert.Equal(2012, refused.Rule.Code);
    }
}
