using Vcas.Domain.CallBacks;

namespace Vcas.Domain.Tests.Rules;

public sealed class CallMustBeFreeTests
{
    private const string One = "7d0c0000-0000-4000-8000-0000000000a1";
    private const string Another = "7d0c0000-0000-4000-8000-0000000000b2";

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(20);

    [Fact]
    public void Whoever_comes_second_is_refused_and_told_who_is_calling_and_since_when()
    {
        var first = Claim.Of(null, One, Given.DueAt, Length);
        var refused = Assert.Throws<RuleBrokenException>(() => Claim.Of(first, Another, Given.DueAt.AddMinutes(19), Length));
        Assert.Equal(3021, refused.Rule.Code);
        Assert.Contains(One, refused.Rule.Message, StringComparison.Ordinal);
        Assert.Contains("since 2023-06-27 08:00Z", refused.Rule.Message, StringComparison.Ordinal);
        Assert.Contains("at 2023-06-27 08:20Z", refused.Rule.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_ends_by_itself_at_its_very_instant()
    {
        var first = Claim.Of(null, One, Given.DueAt, Length);
        Assert.Equal(3021, Given.RefusalOf(() => Claim.Of(first, Another, Given.DueAt + Length - TimeSpan.FromTicks(1), Length)));
        var second = Claim.Of(first, Another, Given.DueAt + Length, Length);
        Assert.Equal((Another, Given.DueAt + Length, Given.DueAt + (2 * Length)), (second.By, second.Since, second.Until));
    }

    [Fact]
    public void The_same_person_goes_on_whatever_case_their_id_is_written_in()
    {
        var first = Claim.Of(null, One, Given.DueAt, Length);
        var again = Claim.Of(first, One.ToUpperInvariant(), Given.DueAt.AddMinutes(15), Length);
        Assert.Equal((Given.DueAt, Given.DueAt.AddMinutes(35)), (again.Since, again.Until));
        // After its end it is a new one.
        Assert.Equal(Given.DueAt.AddMinutes(50), Claim.Of(again, One, Given.DueAt.AddMinutes(50), Length).Since);
    }

    [Fact]
    public void A_claim_that_begins_later_than_now_was_made_by_a_clock_that_ran_ahead_and_keeps_nobody_from_calling()
    {
        var now = new DateTimeOffset(2024, 3, 11, 10, 0, 0, TimeSpan.Zero);
        var then = new Claim("a", now.AddDays(100), now.AddDays(100).AddMinutes(20));
        Assert.False(then.HoldsAt(now));
        Assert.Equal(new Claim("b", now, now.AddMinutes(20)), Claim.Of(then, "b", now, TimeSpan.FromMinutes(20)));
        // Two instances' clocks may differ by minutes.
        Assert.True(new Claim("a", now.AddMinutes(3), now.AddMinutes(23)).HoldsAt(now));
    }
}
