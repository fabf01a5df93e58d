using Vcas.Domain.CallBacks;

namespace Vcas.Domain.Tests.Rules;

public sealed class SameNumberMustBeCheckedTests
{
    [Fact]
    public void Whoever_knows_may_call_and_whoever_does_not_is_told_when_and_where_it_was_called()
    {
        Assert.True(new SameNumberMustBeChecked(Given.DueAt, "CB-000001", IsChecked: true).IsKept);
        var own = new SameNumberMustBeChecked(Given.DueAt, "CB-000001", IsChecked: false);
        Assert.False(own.IsKept);
        Assert.Contains("at 2023-06-27 08:00Z under CB-000001", own.Message, StringComparison.Ordinal);
        Assert.Contains("under another household", new SameNumberMustBeChecked(Given.DueAt, null, false).Message, StringComparison.Ordinal);
    }
}
