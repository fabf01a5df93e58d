using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class NeverMustNotBeAYesTests
{
    [Fact]
    public void Who_asks_never_to_be_contacted_says_yes_to_nothing()
    {
        var details = Given.Details(OfferAnswer.DoNotContact);
        Assert.Equal(2064, Given.RefusalOf(() => new Course(
            details with { Consents = [new Consent { YesTo = [ConsentTo.BeingAskedAgain] }] })));
        Assert.Equal(0, Given.RefusalOf(() => new Course(
            details with { Consents = [new Consent { NoTo = [ConsentTo.BeingCalled] }] })));
    }
}
