using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class LateOfferMustBeConfirmedTests
{
    [Theory]
    [InlineData(0, false, true)]
    [InlineData(14, false, true)]
    [InlineData(15, false, false)]
    [InlineData(15, true, true)]
    [InlineData(366, false, false)]
    [InlineData(366, true, true)]
    public void An_offer_of_long_ago_is_recorded_where_its_date_is_confirmed(int daysAgo, bool isConfirmed, bool isKept) => Assert.Equal(
        isKept,
        new LateOfferMustBeConfirmed(Given.OfferedAt.AddDays(-daysAgo), Given.OfferedAt, Given.Policy.LateOfferDays, isConfirmed).IsKept);
}
