using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallMustNotBeHeldTests
{
    [Fact]
    public void While_a_call_is_held_nobody_phones()
    {
        var course = new Course()
            .Does((household, moment) => household.PlaceHold(HoldReason.SuspectAtAddress, moment.Now.AddDays(60), moment))
            .At(Given.DueAt.AddDays(1));
        Assert.Equal(3007, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.Accepted), moment)));
        course.Does((household, moment) => household.ReleaseHold(moment));
        Assert.Equal(0, course.IsRefused((household, moment) => household.RecordAttempt(course.Attempt(CallOutcome.Accepted), moment)));
    }
}
