using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class AcceptanceMustFollowTheOfferTests
{
    [Theory]
    [InlineData("2023-06-06 05:39", 2010)]
    [InlineData("2023-06-06 05:40", 0)]
    [InlineData("2023-06-10 12:05", 0)]
    [InlineData("2023-06-10 12:06", 2010)]
    public void An_acceptance_lies_between_the_offer_and_now(string acceptedAt, int code)
    {
        var course = new Course().At(Given.At("2023-06-10 12:00"));
        Assert.Equal(code, course.IsRefused((offer, moment) => offer.Accept(Given.At(acceptedAt), false, null, null, moment)));
    }
}
