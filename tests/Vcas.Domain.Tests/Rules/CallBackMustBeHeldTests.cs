using Vcas.Domain.CallBacks;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallBackMustBeHeldTests
{
    [Fact]
    public void Only_what_is_held_can_be_released()
    {
        var course = new Course();
        Assert.Equal(3008, course.IsRefused((offer, moment) => offer.ReleaseHold(moment)));
        course.Does((offer, moment) => offer.PlaceHold(HoldReason.Unsafe, moment.Now.AddDays(30), moment));
        Assert.Equal(0, course.IsRefused((offer, moment) => offer.ReleaseHold(moment)));
    }
}
