using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class RoutesMustBeSaidOnceTests
{
    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    public void A_number_by_itself_or_a_list_of_routes(bool hasNumber, bool hasRoutes, bool isKept) =>
        Assert.Equal(isKept, new RoutesMustBeSaidOnce(hasNumber, hasRoutes).IsKept);
}
