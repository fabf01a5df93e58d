using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Rules;

public sealed class AbsenceMustBeShortTests
{
    private static readonly DateOnly Day = new(2024, 3, 11);

    [Fact]
    public void It_lasts_ninety_two_days_at_most()
    {
        Assert.True(new AbsenceMustBeShort(Day, Day.AddDays(91)).IsKept);
        Assert.False(new AbsenceMustBeShort(Day, Day.AddDays(92)).IsKept);
    }
}
