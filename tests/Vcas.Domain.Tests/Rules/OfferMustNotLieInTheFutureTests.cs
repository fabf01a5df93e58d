namespace Vcas.Domain.Tests.Rules;

public sealed class OfferMustNotLieInTheFutureTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(300, 0)]
    [InlineData(301, 2003)]
    public void A_phones_clock_may_run_five_minutes_ahead(int seconds, int code) =>
        Assert.Equal(code, Given.RefusalOf(() => new Course(recordedAt: Given.OfferedAt.AddSeconds(-seconds))));
}
