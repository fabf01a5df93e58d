using Vcas.Domain.Offers;
using Vcas.Domain.Tests.Stories;

namespace Vcas.Domain.Tests.Rules;

public sealed class DuplicateMustBeMergedOnceTests
{
    [Fact]
    public void What_is_merged_is_merged_into_no_other()
    {
        var moment = Given.Moment(Given.OfferedAt);
        var (one, another) = (DuplicateStories.Other(moment), DuplicateStories.Other(moment) with { Id = Guid.NewGuid() });
        var merged = new Course().Does((household, now) => household.MergeInto(one, now));
        Assert.Equal(2054, merged.IsRefused((household, now) => household.MergeInto(another, now)));
        Assert.Equal(2054, Given.RefusalOf(() => another.TakeOver(merged.Household, moment)));
    }
}
