using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class DangerMustHaveBeenRecordedTests
{
    [Fact]
    public void Only_a_danger_that_was_recorded_can_be_acknowledged_or_acted_on()
    {
        var course = new Course(Given.Details() with { Risks = [Risk.SuspectMayReturn, Risk.Other] });
        Assert.Equal(2021, course.IsRefused((household, moment) => household.AcknowledgeDanger(moment)));
        Assert.Equal(
            2021, course.IsRefused((household, moment) => household.RecordDangerAction(DangerAction.WelfareCheck, null, null, moment)));
        Assert.Equal(
            0,
            new Course(Given.Details() with { Risks = [Risk.ChildAtRisk] })
                .IsRefused((household, moment) => household.AcknowledgeDanger(moment)));
    }
}
