using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class PassedNumberMustBeTheSameTests
{
    [Fact]
    public void An_id_stands_for_one_number()
    {
        Assert.True(new PassedNumberMustBeTheSame(true).IsKept);
        Assert.False(new PassedNumberMustBeTheSame(false).IsKept);
    }
}
