using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class WelfareContactMustBePlannedTests
{
    [Fact]
    public void One_is_recorded_only_after_somebody_said_what_was_done()
    {
        var course = new Course(Given.Details() with { Risks = [Risk.SelfHarm] });
        Assert.Equal(2025, course.IsRefused(Made));
        course.Does((household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment)).WhenItWakes();
        Assert.Equal(0, course.IsRefused(Made));
    }

    private static Transition Made(Household household, Moment moment) => household.RecordWelfareContact(
        Guid.NewGuid(), WelfareOutcome.SpokenTo, AttemptWay.Phone, safetyChecked: true, moment);
}
