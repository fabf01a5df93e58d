using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class AcceptanceMustFollowTheOfferTests
{
    [Theory]
    [InlineData("2023-06-06 05:34", 2010)]
    [InlineData("2023-06-06 05:35", 0)]
    [InlineData("2023-06-06 05:40", 0)]
    [InlineData("2023-06-10 12:05", 0)]
    [InlineData("2023-06-10 12:06", 2010)]
    public void An_acceptance_lies_between_the_offer_and_now(string acceptedAt, int code)
    {
        var course = new Course().At(Given.At("2023-06-10 12:00"));
        Assert.Equal(code, course.IsRefused((household, moment) => household.Accept(Given.At(acceptedAt), false, null, null, moment)));
    }

    [Fact]
    public void An_acceptance_by_a_clock_that_is_behind_the_phones_is_not_before_the_offer()
    {
        // The phone was four minutes ahead when the offer was made; the acceptance came two minutes later by the server's clock.
        var course = new Course(recordedAt: Given.OfferedAt.AddMinutes(-4)).At(Given.OfferedAt.AddMinutes(-2));
        course.Does((household, moment) => household.Accept(moment.Now, false, null, null, moment));
        Assert.Equal(HouseholdState.Referred, course.Household.State);
        Assert.Equal(Given.OfferedAt, course.Household.Acceptance!.At);
        Assert.True(
            course.ChangesNothing((household, moment) => household.Accept(Given.OfferedAt.AddMinutes(-2), false, null, null, moment)));
    }
}
