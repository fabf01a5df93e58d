using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class NotificationMustHaveAReferenceTests
{
    [Theory]
    [InlineData(DangerAction.SafeguardingNotification, null, 2022)]
    [InlineData(DangerAction.SafeguardingNotification, "SG-7", 0)]
    [InlineData(DangerAction.EmergencyService, null, 0)]
    public void A_notification_can_be_found_again(DangerAction action, string? reference, int code)
    {
        var course = new Course(Given.Details() with { Risks = [Risk.Violence] });
        Assert.Equal(code, course.IsRefused((household, moment) => household.RecordDangerAction(action, null, reference, moment)));
    }
}
