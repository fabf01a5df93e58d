using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Rules;

public sealed class AbsenceMustHaveDeputyTests
{
    [Fact]
    public void Whoever_is_away_has_somebody_who_stands_in()
    {
        Assert.True(new AbsenceMustHaveDeputy("north", "5a000000-0000-4000-8000-000000000002").IsKept);
        Assert.False(new AbsenceMustHaveDeputy("north", " ").IsKept);
    }
}
