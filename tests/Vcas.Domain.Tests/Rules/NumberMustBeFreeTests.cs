using Vcas.Domain.CallBacks;

namespace Vcas.Domain.Tests.Rules;

public sealed class NumberMustBeFreeTests
{
    [Fact]
    public void Only_somebody_elses_claim_that_holds_keeps_the_number()
    {
        var claim = new Claim("7d0c0000-0000-4000-8000-0000000000a1", Given.DueAt, Given.DueAt.AddMinutes(20));
        Assert.False(new NumberMustBeFree(claim, "another", Given.DueAt.AddMinutes(19)).IsKept);
        Assert.True(new NumberMustBeFree(claim, "another", Given.DueAt.AddMinutes(20)).IsKept);
        Assert.True(new NumberMustBeFree(claim, claim.By.ToUpperInvariant(), Given.DueAt).IsKept);
        Assert.True(new NumberMustBeFree(null, "another", Given.DueAt).IsKept);
        var message = new NumberMustBeFree(claim, "another", Given.DueAt).Message;
        Assert.StartsWith(
            $"{claim.By} has been calling this number under another household since 2023-06-27 08:00Z", message, StringComparison.Ordinal);
    }
}
