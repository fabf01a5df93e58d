using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using Vcas.Domain.Tests.Stories;

namespace Vcas.Domain.Tests.Rules;

public sealed class KeptHouseholdMustBeFurtherOnTests
{
    [Fact]
    public void A_yes_is_kept_before_all_then_what_was_said_then_the_last_attempt()
    {
        var waits = new Course().At(Given.DueAt.AddDays(1)).Household;
        var referred = DuplicateStories.Other(Given.Moment(Given.OfferedAt), OfferAnswer.Accepted);
        var called = new Course().Starts().Attempts(CallOutcome.NoAnswer).Household with { Id = DuplicateStories.OtherId };
        var spoken = new Course().Starts().Attempts(CallOutcome.Declined).Household with { Id = Guid.NewGuid() };
        Household[] order = [waits, called, spoken, referred];
        for (var kept = 0; kept < order.Length; kept++)
        {
            for (var other = 0; other < order.Length; other++)
                Assert.Equal(kept >= other, new KeptHouseholdMustBeFurtherOn(order[kept], order[other]).IsKept);
        }
    }

    [Fact]
    public void Whoever_is_refused_is_told_which_one_to_keep()
    {
        var referred = DuplicateStories.Other(Given.Moment(Given.OfferedAt), OfferAnswer.Accepted);
        var refused = Assert.Throws<RuleBrokenException>(() => new Course().Household.TakeOver(referred, Given.Moment(Given.OfferedAt)));
        Assert.Equal(2053, refused.Rule.Code);
        Assert.Contains($"keep {referred.Reference}", refused.Rule.Message, StringComparison.Ordinal);
    }
}
