using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class WelfareAttemptIdMustBeUsedOnceTests
{
    [Theory]
    [InlineData(WelfareOutcome.NoAnswer, AttemptWay.Phone, 0)]
    [InlineData(WelfareOutcome.SpokenTo, AttemptWay.Phone, 2028)]
    [InlineData(WelfareOutcome.NoAnswer, AttemptWay.Letter, 2028)]
    public void The_same_id_is_the_same_attempt(WelfareOutcome outcome, AttemptWay by, int code)
    {
        var (id, course) = (Guid.NewGuid(), new Course(Given.Details() with { Risks = [Risk.Violence] }));
        course.Does((household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment)).WhenItWakes()
            .Does((household, moment) => household.RecordWelfareContact(id, WelfareOutcome.NoAnswer, AttemptWay.Phone, true, moment));
        course.At(course.Now.AddMinutes(5));
        Assert.Equal(code, course.IsRefused((household, moment) => household.RecordWelfareContact(id, outcome, by, true, moment)));
    }
}
