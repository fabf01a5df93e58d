using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class DisclosureReviewMustLieAheadTests
{
    [Theory]
    [InlineData(0, 2066)]
    [InlineData(1, 0)]
    [InlineData(3650, 0)]
    [InlineData(3654, 2066)]
    public void A_review_lies_ahead_and_within_ten_years(int days, int refusal) =>
        Assert.Equal(refusal, new Course().IsRefused(
            (household, moment) => household.PlaceDisclosureHold(DisclosureReason.Mopi, moment.Now.AddDays(days), moment)));
}
