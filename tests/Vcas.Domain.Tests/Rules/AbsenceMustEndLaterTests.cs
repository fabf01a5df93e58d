using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Rules;

public sealed class AbsenceMustEndLaterTests
{
    private static readonly DateOnly Day = new(2024, 3, 11);

    [Fact]
    public void It_ends_after_it_begins_and_not_before_today()
    {
        Assert.True(new AbsenceMustEndLater(Day, Day, Day).IsKept);
        Assert.False(new AbsenceMustEndLater(Day, Day.AddDays(-1), Day.AddDays(-2)).IsKept);
    }
}
