using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class HouseholdMustBeSettledTests
{
    [Fact]
    public void Who_waits_for_a_call_is_not_erased() =>
        Assert.Equal(2011, new Course().IsRefused((household, moment) => household.Erase(ErasureReason.DataSubjectRequest, moment)));

    [Fact]
    public void Once_it_is_withdrawn_it_is_erased_and_again_changes_nothing()
    {
        var course = new Course().Withdraws(WithdrawalReason.Moved);
        Assert.Equal(0, course.IsRefused((household, moment) => household.Erase(ErasureReason.DataSubjectRequest, moment)));
        var moment = course.Moment;
        var erased = course.Household.Erase(ErasureReason.DataSubjectRequest, moment).Household;
        Assert.Null(erased.Details.Contact);
        Assert.Null(erased.Details.CrimeReference);
        Assert.Same(erased, erased.Erase(ErasureReason.Other, moment).Household);
    }
}
