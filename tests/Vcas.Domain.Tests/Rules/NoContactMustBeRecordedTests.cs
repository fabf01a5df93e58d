using Vcas.Domain.Offers;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests.Rules;

public sealed class NoContactMustBeRecordedTests
{
    [Fact]
    public void Whoever_wants_no_contact_is_not_called()
    {
        Assert.True(new NoContactMustBeRecorded(SaidAtDesk.WantsNoContact, PassedNumberOutcome.NeverRecorded).IsKept);
        Assert.False(new NoContactMustBeRecorded(SaidAtDesk.WantsNoContact, PassedNumberOutcome.Called).IsKept);
    }
}
