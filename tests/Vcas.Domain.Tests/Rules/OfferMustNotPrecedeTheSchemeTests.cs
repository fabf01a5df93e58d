namespace Vcas.Domain.Tests.Rules;

public sealed class OfferMustNotPrecedeTheSchemeTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 2004)]
    public void The_scheme_has_a_beginning(int seconds, int code) =>
        Assert.Equal(code, Given.RefusalOf(() => new Course(
            Given.Details() with { OfferedAt = Given.SchemeStart.AddSeconds(seconds) }, recordedAt: Given.OfferedAt)));
}
