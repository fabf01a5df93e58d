using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class ConsentMustNotSayBothTests
{
    [Theory]
    [InlineData(ConsentTo.BeingCalled, ConsentTo.BeingCalled, 2061)]
    [InlineData(ConsentTo.BeingCalled, ConsentTo.BeingReferred, 0)]
    public void Yes_and_no_to_the_same_is_a_slip(ConsentTo yes, ConsentTo no, int refusal) =>
        Assert.Equal(refusal, Given.RefusalOf(() => new Course(
            Given.Details() with { Consents = [new Consent { YesTo = [yes], NoTo = [no] }] })));
}
