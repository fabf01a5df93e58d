using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class DuplicateMustBeAnotherTests
{
    [Fact]
    public void No_household_is_merged_into_itself()
    {
        var course = new Course();
        Assert.Equal(2051, course.IsRefused((household, moment) => household.TakeOver(household, moment)));
        Assert.Equal(2051, course.IsRefused((household, moment) => household.MergeInto(household, moment)));
    }
}
