using Vcas.Domain.Households;
using Vcas.Domain.Offers;

namespace Vcas.Domain.Tests.Rules;

public sealed class DateMustBeCorrectedInTimeTests
{
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(6, false)]
    public void An_offer_is_made_before_it_is_recorded(int minutesAfter, bool isKept)
    {
        var course = new Course().At(Given.OfferedAt.AddDays(3));
        Assert.Equal(
            isKept, new DateMustBeCorrectedInTime(course.Household, Given.OfferedAt.AddMinutes(minutesAfter), course.Now).IsKept);
    }

    [Fact]
    public void Once_the_first_call_is_due_its_date_stays()
    {
        Assert.False(Of(new Course().Starts()));
        Assert.False(Of(new Course().At(Given.DueAt)));
        Assert.False(Of(new Course().Starts().Attempts(CallOutcome.NoAnswer)));
        Assert.True(Of(new Course().At(Given.DueAt.AddMinutes(-1))));
    }

    private static bool Of(Course course) =>
        new DateMustBeCorrectedInTime(course.Household, Given.OfferedAt.AddDays(-1), course.Now).IsKept;
}
