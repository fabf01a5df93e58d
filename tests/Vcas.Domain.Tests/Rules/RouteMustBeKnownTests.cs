using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class RouteMustBeKnownTests
{
    private static readonly SafeContact WithEmail =
        Given.Contact with { OtherRoutes = [new SafeRoute(RouteKind.Email) { Email = "sam@example.org", ConfirmedInPerson = true }] };

    [Theory]
    [InlineData(AttemptWay.Email, CallOutcome.MessageLeft, true)]
    [InlineData(AttemptWay.Professional, CallOutcome.MessageLeft, false)]
    [InlineData(AttemptWay.Professional, CallOutcome.Died, true)]
    [InlineData(AttemptWay.Letter, CallOutcome.MessageLeft, true)]
    public void Nobody_writes_to_an_address_or_asks_a_professional_of_whom_nothing_is_known(AttemptWay by, CallOutcome outcome, bool isKept)
    {
        var course = new Course(Given.Details() with { Contact = WithEmail }).Starts();
        Assert.Equal(isKept ? 0 : 3035, course.IsRefused((household, moment) =>
            household.RecordAttempt(course.Attempt(outcome) with { By = by }, moment)));
    }

    [Fact]
    public void The_route_may_come_with_the_attempt() => Assert.Equal(
        AttemptWay.Email, new Course().Starts().Tries(AttemptWay.Email, CallOutcome.MessageLeft, WithEmail).Household.LastAttempt?.By);
}
