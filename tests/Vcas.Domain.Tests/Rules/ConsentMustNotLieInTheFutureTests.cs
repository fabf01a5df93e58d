using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class ConsentMustNotLieInTheFutureTests
{
    [Theory]
    [InlineData(-600, 0)]
    [InlineData(4, 0)]
    [InlineData(6, 2067)]
    public void What_was_said_was_said_before_it_is_recorded(int minutes, int refusal) =>
        Assert.Equal(refusal, Given.RefusalOf(() => new Course(Given.Details() with
        {
            Consents = [new Consent { YesTo = [ConsentTo.BeingCalled], At = Given.OfferedAt.AddMinutes(minutes) }],
        })));
}
