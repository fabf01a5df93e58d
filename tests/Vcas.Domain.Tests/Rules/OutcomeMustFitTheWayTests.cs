using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

/// <summary>3033: what came of an attempt must be possible by the way in which it was made.</summary>
public sealed class OutcomeMustFitTheWayTests
{
    [Theory]
    [InlineData(AttemptWay.Phone, CallOutcome.WrongNumber, true)]
    [InlineData(AttemptWay.Phone, CallOutcome.MessageLeft, true)]
    [InlineData(AttemptWay.Visit, CallOutcome.WrongNumber, false)]
    [InlineData(AttemptWay.Visit, CallOutcome.MessageLeft, false)]
    [InlineData(AttemptWay.Visit, CallOutcome.NoAnswer, true)]
    [InlineData(AttemptWay.Letter, CallOutcome.Accepted, false)]
    [InlineData(AttemptWay.Letter, CallOutcome.MessageLeft, true)]
    [InlineData(AttemptWay.Email, CallOutcome.NoAnswer, false)]
    [InlineData(AttemptWay.Professional, CallOutcome.UnsafeToCall, true)]
    [InlineData(AttemptWay.Professional, CallOutcome.Died, true)]
    [InlineData(AttemptWay.Professional, CallOutcome.Declined, false)]
    public void Of_an_attempt_of_ours(AttemptWay by, CallOutcome outcome, bool isKept) =>
        Assert.Equal(isKept, new OutcomeMustFitTheWay(outcome, by, CallDirection.Outgoing).IsKept);

    [Theory]
    [InlineData(AttemptWay.Letter, CallOutcome.Accepted, true)]
    [InlineData(AttemptWay.Phone, CallOutcome.WrongNumber, true)]
    [InlineData(AttemptWay.Email, CallOutcome.WrongNumber, false)]
    [InlineData(AttemptWay.Phone, CallOutcome.MessageLeft, false)]
    public void Of_a_contact_of_theirs(AttemptWay by, CallOutcome outcome, bool isKept) =>
        Assert.Equal(isKept, new OutcomeMustFitTheWay(outcome, by, CallDirection.Incoming).IsKept);
}
