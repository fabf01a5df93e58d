using Vcas.Domain.CallBacks;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallMustNotBeHeldTests
{
    [Fact]
    public void While_a_call_is_held_nobody_phones()
    {
        var course = new Course().Does((offer, moment) => offer.PlaceHold(HoldReason.SuspectAtAddress, moment.Now.AddDays(60), moment))
            .At(Given.DueAt.AddDays(1));
        Assert.Equal(3007, course.IsRefused((offer, moment) => offer.RecordAttempt(course.Attempt(CallOutcome.Accepted), moment)));
        course.Does((offer, moment) => offer.ReleaseHold(moment));
        Assert.Equal(0, course.IsRefused((offer, moment) => offer.RecordAttempt(course.Attempt(CallOutcome.Accepted), moment)));
    }
}
