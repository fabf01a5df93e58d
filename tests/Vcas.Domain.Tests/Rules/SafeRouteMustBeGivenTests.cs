using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class SafeRouteMustBeGivenTests
{
    [Theory]
    [InlineData(OfferAnswer.Accepted)]
    [InlineData(OfferAnswer.Declined)]
    [InlineData(OfferAnswer.NotAsked)]
    public void Whoever_may_be_phoned_needs_a_safe_route(OfferAnswer answer) =>
        Assert.Equal(2001, Given.RefusalOf(() => new Course(Given.Details(answer) with { Contact = null })));

    [Fact]
    public void Nobody_is_phoned_after_do_not_contact_so_no_route_is_needed() =>
        Assert.Equal(OfferState.Closed, new Course(Given.Details(OfferAnswer.DoNotContact)).Offer.State);

    [Fact]
    public void A_household_that_comes_forward_after_do_not_contact_must_say_how_to_be_reached()
    {
        var course = new Course(Given.Details(OfferAnswer.DoNotContact));
        Assert.Equal(2001, course.IsRefused((offer, moment) => offer.Accept(moment.Now, householdAsked: true, null, null, moment)));
        Assert.Equal(OfferState.Referred, course.Accepts(householdAsked: true, Given.Contact).Offer.State);
    }
}
