using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallBackMustBeHeldTests
{
    [Fact]
    public void Only_what_is_held_can_be_released()
    {
        var course = new Course();
        Assert.Equal(3008, course.IsRefused((household, moment) => household.ReleaseHold(moment)));
        course.Does((household, moment) => household.PlaceHold(HoldReason.Unsafe, moment.Now.AddDays(30), moment));
        Assert.Equal(0, course.IsRefused((household, moment) => household.ReleaseHold(moment)));
    }
}
