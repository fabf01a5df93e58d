using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class DisclosureHoldMustBeReleasedTests
{
    [Theory]
    [InlineData(ErasureReason.DataSubjectRequest)]
    [InlineData(ErasureReason.RecordedInError)]
    [InlineData(ErasureReason.RetentionEnded)]
    public void Nobody_erases_what_may_have_to_be_disclosed(ErasureReason reason)
    {
        var course = new Course().Withdraws(WithdrawalReason.RecordedInError)
            .Does((household, moment) => household.PlaceDisclosureHold(DisclosureReason.Cpia, moment.Now.AddDays(90), moment));
        Assert.Equal(2065, course.IsRefused((household, moment) => household.Erase(reason, moment)));
        // Its review has come, and nobody has decided: it goes on.
        course.WhenItWakes().Does((household, moment) => household.ReviewDisclosureHold(moment));
        Assert.Equal(2065, course.At(course.Now.AddYears(3)).IsRefused((household, moment) => household.Erase(reason, moment)));
        course.Does((household, _) => household.ReleaseDisclosureHold()).Does((household, moment) => household.Erase(reason, moment));
        Assert.NotNull(course.Household.Erasure);
    }
}
