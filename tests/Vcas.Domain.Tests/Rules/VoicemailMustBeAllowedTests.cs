using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;

namespace Vcas.Domain.Tests.Rules;

/// <summary>3034: no message is left where nobody agreed to one.</summary>
public sealed class VoicemailMustBeAllowedTests
{
    [Theory]
    [InlineData(CallOutcome.MessageLeft, AttemptWay.Phone, false, false)]
    [InlineData(CallOutcome.MessageLeft, AttemptWay.Phone, true, true)]
    [InlineData(CallOutcome.MessageLeft, AttemptWay.Letter, false, true)]
    [InlineData(CallOutcome.NoAnswer, AttemptWay.Phone, false, true)]
    public void A_message_by_phone_needs_their_yes(CallOutcome outcome, AttemptWay by, bool isAllowed, bool isKept) => Assert.Equal(
        isKept, new VoicemailMustBeAllowed(outcome, by, Given.Contact with { VoicemailAllowed = isAllowed }).IsKept);

    [Fact]
    public void Without_a_contact_nobody_agreed() =>
        Assert.False(new VoicemailMustBeAllowed(CallOutcome.MessageLeft, AttemptWay.Phone, null).IsKept);
}
